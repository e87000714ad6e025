import { connect, createServer, type Socket } from "node:net";
import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand, EKSClient, ResourceNotFoundException } from "@aws-sdk/client-eks";
import { sdkOptions } from "./aws/sdk";
import { type Caller, type EndpointRules, reaches } from "./caller";

export interface ClusterEndpointProps {
  readonly awsEndpoint: string;
  readonly region: string;
  readonly clusterName: string;
  /** The API server itself, such as `https://127.0.0.1:20443`. */
  readonly server: string;
  readonly caller: Caller;
  /** Told of every connection that nothing lets in. */
  readonly onLost: () => void;
  readonly onError: (error: unknown) => void;
}

/** A cluster's endpoint, as DescribeCluster tells it to those who apply. */
export interface ClusterEndpoint {
  /** An https URL. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * The way to a cluster's API server from where Terraform runs. It leads there while the endpoint's public networks or a
 * rule of the control plane's security groups let the caller in. Otherwise packets are lost, as in AWS: a connection is
 * taken, and nothing ever comes back.
 */
export async function startClusterEndpoint(props: ClusterEndpointProps): Promise<ClusterEndpoint> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // Either side may be reset at any time; the other one is told by its end.
    socket.on("error", () => socket.destroy());
  };
  const port = Number(new URL(props.server).port);
  const server = createServer((client) => {
    track(client);
    client.pause();
    letsIn(props).then(
      (admitted) => {
        if (!admitted) {
          client.resume();
          props.onLost();
          return;
        }
        const upstream = connect(port, "127.0.0.1");
        track(upstream);
        client.pipe(upstream).pipe(client);
        client.once("close", () => upstream.destroy());
        upstream.once("close", () => client.destroy());
      },
      (error: unknown) => {
        props.onError(error);
        client.destroy();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("sandbox: a socket that listens on 127.0.0.1 has no port.");
  }
  return {
    address: `https://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

async function letsIn(props: ClusterEndpointProps): Promise<boolean> {
  const rules = await rulesOf(props);
  return rules !== undefined && reaches(props.caller, rules);
}

async function rulesOf({ awsEndpoint, region, clusterName }: ClusterEndpointProps): Promise<EndpointRules | undefined> {
  const eks = new EKSClient(sdkOptions(awsEndpoint, region));
  const described = eks.send(new DescribeClusterCommand({ name: clusterName })).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) {
      return { cluster: undefined };
    }
    throw error;
  });
  const access = (await described).cluster?.resourcesVpcConfig;
  if (access === undefined) {
    return undefined;
  }
  const { clusterSecurityGroupId = "", securityGroupIds = [] } = access;
  const groups = [clusterSecurityGroupId, ...securityGroupIds];
  const ec2 = new EC2Client(sdkOptions(awsEndpoint, region));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: groups }));
  return {
    publicAccess: access.endpointPublicAccess ?? false,
    publicAccessCidrs: access.publicAccessCidrs ?? [],
    privateAccess: access.endpointPrivateAccess ?? false,
    securityGroupIds: groups,
    ingress: SecurityGroups.flatMap(({ IpPermissions = [] }) =>
      IpPermissions.map(({ IpProtocol = "", FromPort, ToPort, IpRanges, UserIdGroupPairs, PrefixListIds }) => ({
        protocol: IpProtocol,
        fromPort: FromPort,
        toPort: ToPort,
        sources: [
          ...(IpRanges ?? []).map(({ CidrIp }) => CidrIp),
          ...(UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
          ...(PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
        ].filter((source) => source !== undefined),
      })),
    ),
  };
}
