import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Iam, principalOf } from "../iam/client";
import { newAccessEntry } from "./access-entries";
import { clusterAdminPolicyArn } from "./access-policies";
import { checkClusterSubnets, createClusterNetwork, deleteClusterNetwork } from "./cluster-network";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { createLogGroup, logGroupOf, mergeLogging, noLogging } from "./logging";
import { page } from "./page";
import { authenticationMode, type Cluster, cluster, clusterLogging } from "./records";
import { checkTrusts } from "./roles";
import { ofCluster, removeOfCluster, within } from "./state";
import { checkOffered, defaultVersion } from "./versions";

const createRequest = z.looseObject({
  name: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/),
  roleArn: z.string(),
  version: z.string().default(defaultVersion),
  resourcesVpcConfig: z.looseObject({
    subnetIds: z.array(z.string()).min(1),
    securityGroupIds: z.array(z.string()).default([]),
    endpointPublicAccess: z.boolean().default(true),
    endpointPrivateAccess: z.boolean().default(false),
    publicAccessCidrs: z.array(z.string()).optional(),
  }),
  kubernetesNetworkConfig: z.looseObject({}).default({}),
  logging: z.object({ clusterLogging: clusterLogging.default([]) }).default({ clusterLogging: [] }),
  accessConfig: z
    .object({
      authenticationMode: authenticationMode.default("CONFIG_MAP"),
      bootstrapClusterCreatorAdminPermissions: z.boolean().default(true),
    })
    .default({ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true }),
  upgradePolicy: cluster.shape.upgradePolicy.default({ supportType: "EXTENDED" }),
  encryptionConfig: cluster.shape.encryptionConfig.default([]),
  deletionProtection: z.boolean().default(false),
  tags: cluster.shape.tags.default({}),
  // Taken, and never answered with.
  bootstrapSelfManagedAddons: z.boolean().optional(),
  clientRequestToken: z.string().optional(),
});

export const createCluster: Operation = async (eks, request) => {
  const {
    bootstrapSelfManagedAddons: _,
    clientRequestToken: __,
    accessConfig,
    ...input
  } = parse(createRequest, request.document);
  if (eks.state.clusters.has(input.name)) {
    throw new EksError("ResourceInUseException", `Cluster already exists with name: ${input.name}`);
  }
  checkOffered(input.version);
  await checkTrusts(eks, input.roleArn, "eks.amazonaws.com");
  const subnets = await checkClusterSubnets(eks, input.name, input.resourcesVpcConfig.subnetIds);
  const network = await createClusterNetwork(eks, input.name, subnets);
  const logging = mergeLogging(noLogging, input.logging.clusterLogging);
  await createLogGroup(eks, input.name, logging);
  const created: Cluster = {
    ...input,
    arn: arn(eks, `cluster/${input.name}`),
    createdAt: now(),
    platformVersion: "eks.1",
    status: "ACTIVE",
    resourcesVpcConfig: {
      ...input.resourcesVpcConfig,
      publicAccessCidrs: publicAccessCidrs(input.resourcesVpcConfig),
      clusterSecurityGroupId: network.securityGroupId,
      vpcId: subnets[0]?.vpcId ?? "",
    },
    kubernetesNetworkConfig: {
      ipFamily: "ipv4",
      serviceIpv4Cidr: "172.20.0.0/16",
      elasticLoadBalancing: { enabled: false },
      ...input.kubernetesNetworkConfig,
    },
    logging: { clusterLogging: logging },
    accessConfig: { authenticationMode: accessConfig.authenticationMode },
    identity: { oidc: { issuer: issuer(eks) } },
    health: { issues: [] },
  };
  eks.state.clusters.set(input.name, created);
  eks.state.clusterNetworks.set(input.name, network);
  if (accessConfig.bootstrapClusterCreatorAdminPermissions) {
    await admitCreator(eks, created, request.accessKeyId);
  }
  return { cluster: { ...described(eks, created), status: "CREATING" } };
};

export const describeCluster: Operation = (eks, { path }) => ({
  cluster: described(eks, clusterNamed(eks, path("cluster"))),
});

export const listClusters: Operation = (eks, { query }) => page("clusters", [...eks.state.clusters.keys()], query);

export const deleteCluster: Operation = async (eks, { path }) => {
  const existing = clusterNamed(eks, path("cluster"));
  const { state } = eks;
  if (existing.deletionProtection) {
    throw new EksError("InvalidRequestException", `Cluster ${existing.name} has deletion protection enabled`);
  }
  if (ofCluster(state.nodegroups, existing.name).length > 0) {
    throw new EksError("ResourceInUseException", "Cluster has nodegroups attached");
  }
  if (ofCluster(state.fargateProfiles, existing.name).length > 0) {
    throw new EksError("ResourceInUseException", "Cluster has Fargate profiles attached");
  }
  await deleteClusterNetwork(eks, found(state.clusterNetworks.get(existing.name), existing.name));
  if (existing.logging.clusterLogging.some(({ enabled }) => enabled)) {
    state.lateLogs.push(logGroupOf(existing.name));
  }
  state.clusters.delete(existing.name);
  state.clusterNetworks.delete(existing.name);
  for (const rows of [
    state.addons,
    state.accessEntries,
    state.associatedAccessPolicies,
    state.podIdentityAssociations,
    state.updates,
  ]) {
    removeOfCluster(rows, existing.name);
  }
  return { cluster: { ...described(eks, existing), status: "DELETING" } };
};

/** What DescribeCluster says of a cluster: what is kept of it and where its Kubernetes API is. */
export function described(eks: Eks, existing: Cluster): object {
  const { endpoint, certificateAuthority } = eks.kubernetes(existing.name);
  return { ...existing, endpoint, certificateAuthority: { data: certificateAuthority } };
}

/** EKS answers with the open world for a public endpoint without a list, and with nothing for a private one. */
export function publicAccessCidrs(access: {
  readonly endpointPublicAccess: boolean;
  readonly publicAccessCidrs?: readonly string[] | undefined;
}): string[] {
  return access.endpointPublicAccess ? [...(access.publicAccessCidrs ?? ["0.0.0.0/0"])] : [];
}

function issuer(eks: Eks): string {
  const domain = eks.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://oidc.eks.${eks.region}.${domain}/id/${randomBytes(16).toString("hex").toUpperCase()}`;
}

async function admitCreator(eks: Eks, created: Cluster, accessKeyId: string): Promise<void> {
  const creator = principalOf(await new Iam(eks.moto, eks.region).callerArn(accessKeyId));
  const key = within(created.name, creator);
  eks.state.accessEntries.set(key, newAccessEntry(eks, created.name, { principalArn: creator, type: "STANDARD" }));
  eks.state.associatedAccessPolicies.set(key, [
    {
      policyArn: clusterAdminPolicyArn(eks.partition),
      accessScope: { type: "cluster", namespaces: [] },
      associatedAt: now(),
      modifiedAt: now(),
    },
  ]);
}
