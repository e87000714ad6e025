import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, startAws } from "../src/aws/start";
import { type ClusterEndpoint, startClusterEndpoint } from "../src/cluster-endpoint";
import { type LoopbackServer, listenOnLoopback } from "../src/loopback-server";
import { until } from "../src/waiting";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "sandbox-endpoint-"));
const region = "eu-west-1";
const caller = "10.100.0.2";

let aws: Aws;
let apiServer: LoopbackServer;
let endpoint: ClusterEndpoint;
const lost: string[] = [];
const errors: unknown[] = [];

async function cli(...args: readonly string[]): Promise<string> {
  const { stdout } = await run("aws", [...args, "--output", "text"], { env: { ...aws.environment } });
  return stdout.trim();
}

beforeAll(async () => {
  aws = await startAws({ workDir: folder, region });
  // It stands for the API server: what passes through is not looked at.
  apiServer = await listenOnLoopback(createServer((_, response) => response.end("ok")));
  endpoint = await startClusterEndpoint({
    awsEndpoint: aws.endpoint,
    region,
    clusterName: "test",
    server: apiServer.address,
    caller,
    onLost: () => lost.push("lost"),
    onError: (error) => errors.push(error),
  });
});

afterAll(async () => {
  await endpoint?.close();
  await apiServer?.close();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async () => (await fetch(endpoint.address.replace("https", "http"))).text();

/** Makes a cluster whose endpoint is private, and gives its security group. */
async function privateCluster(): Promise<string> {
  const trust = {
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "eks.amazonaws.com" } }],
  };
  const document = ["--assume-role-policy-document", JSON.stringify(trust)];
  const role = await cli("iam", "create-role", "--role-name", "cluster", ...document, "--query", "Role.Arn");
  const vpc = await cli("ec2", "create-vpc", "--cidr-block", "10.1.0.0/16", "--query", "Vpc.VpcId");
  const subnet = (zone: string, block: string) =>
    cli(
      ...["ec2", "create-subnet", "--vpc-id", vpc, "--availability-zone", `${region}${zone}`],
      ...["--cidr-block", block, "--query", "Subnet.SubnetId"],
    );
  const subnets = [await subnet("a", "10.1.0.0/24"), await subnet("b", "10.1.1.0/24")];
  const access = `subnetIds=${subnets.join(",")},endpointPublicAccess=false,endpointPrivateAccess=true`;
  return cli(
    ...["eks", "create-cluster", "--name", "test", "--role-arn", role, "--resources-vpc-config", access],
    ...["--query", "cluster.resourcesVpcConfig.clusterSecurityGroupId"],
  );
}

describe("the endpoint of a private cluster", () => {
  it("does not answer until a rule of the cluster's security group lets the caller in", async () => {
    const group = await privateCluster();
    const answers: string[] = [];
    const before = ask().then(
      () => answers.push("before"),
      () => answers.push("closed"),
    );
    await until("the connection is lost", 30, () => lost.length > 0);
    await cli(
      ...["ec2", "authorize-security-group-ingress", "--group-id", group, "--protocol", "tcp", "--port", "443"],
      ...["--cidr", "10.100.0.0/16"],
    );
    expect(await ask()).toBe("ok");
    // Its packets were lost; nobody answers it later.
    await endpoint.close();
    await before;
    expect(answers).toEqual(["closed"]);
    expect(errors).toEqual([]);
  });
});
