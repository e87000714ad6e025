import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, startAws } from "../../src/aws/start";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "sandbox-aws-"));
const region = "us-west-2";
const account = "111122223333";

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the AWS CLI; gives the JSON it prints. */
async function cli(aws: Pick<Aws, "environment">, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run("aws", [...args, "--output", "json"], { env: { ...aws.environment } });
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}

/** The text of the error that the AWS CLI ends with. */
async function refusal(aws: Pick<Aws, "environment">, ...args: readonly string[]): Promise<string> {
  return cli(aws, ...args).then(
    () => "no error",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

function trust(service: string, ...actions: readonly string[]): string {
  const Statement = [{ Effect: "Allow", Action: actions, Principal: { Service: service } }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

describe("the sandbox's AWS", () => {
  let aws: Aws;
  let subnets: readonly string[];
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const cluster = ["--cluster-name", "test"] as const;

  beforeAll(async () => {
    aws = await startAws({ workDir: join(folder, "rules"), region, accountId: account });
    const roles: readonly (readonly [string, string])[] = [
      ["cluster", trust("eks.amazonaws.com", "sts:AssumeRole")],
      ["node", trust("ec2.amazonaws.com", "sts:AssumeRole")],
      ["pod", trust("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession")],
      ["untagged", trust("pods.eks.amazonaws.com", "sts:AssumeRole")],
    ];
    for (const [name, document] of roles) {
      await cli(aws, "iam", "create-role", "--role-name", name, "--assume-role-policy-document", document);
    }
    const vpc = await text(aws, "Vpc.VpcId", "ec2", "create-vpc", "--cidr-block", "10.1.0.0/16");
    const subnet = (zone: string, block: string) =>
      text(
        aws,
        "Subnet.SubnetId",
        "ec2",
        "create-subnet",
        "--vpc-id",
        vpc,
        "--availability-zone",
        zone,
        "--cidr-block",
        block,
      );
    subnets = [await subnet("us-west-2a", "10.1.0.0/24"), await subnet("us-west-2b", "10.1.1.0/24")];
    await cli(
      aws,
      ...["eks", "create-cluster", "--name", "test", "--role-arn", role("cluster"), "--kubernetes-version", "1.35"],
      ...["--resources-vpc-config", `subnetIds=${subnets.join(",")}`],
      ...["--access-config", "authenticationMode=API,bootstrapClusterCreatorAdminPermissions=true"],
    );
  });

  afterAll(() => aws?.stop());

  /** What a query of the AWS CLI finds, as text. */
  async function text(from: Pick<Aws, "environment">, query: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await run("aws", [...args, "--query", query, "--output", "text"], {
      env: { ...from.environment },
    });
    return stdout.trim();
  }

  it("deregisters targets although one of them is not registered", async () => {
    const vpc = await text(aws, "Vpcs[0].VpcId", "ec2", "describe-vpcs");
    const arn = await text(
      aws,
      "TargetGroups[0].TargetGroupArn",
      ...["elbv2", "create-target-group", "--name", "shop", "--protocol", "HTTP", "--port", "80", "--vpc-id", vpc],
      ...["--target-type", "ip"],
    );
    const group = ["--target-group-arn", arn];
    await cli(aws, "elbv2", "register-targets", ...group, "--targets", "Id=10.1.0.9", "Id=10.1.0.10");
    const targets = ["Id=10.1.0.8", "Id=10.1.0.9"];
    expect(await refusal(aws, "elbv2", "deregister-targets", ...group, "--targets", ...targets)).toBe("no error");
    const left = await cli(aws, "elbv2", "describe-target-health", ...group);
    expect(left).toMatchObject({ TargetHealthDescriptions: [{ Target: { Id: "10.1.0.10" } }] });
  });

  it("lives in the account that was asked for", async () => {
    expect(await text(aws, "Account", "sts", "get-caller-identity")).toBe(account);
  });

  it("knows the managed policies of AWS", async () => {
    const policy = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
    await cli(aws, "iam", "attach-role-policy", "--role-name", "cluster", "--policy-arn", policy);
  });

  it("tells where the Kubernetes API of a cluster is, once that is known", async () => {
    aws.setKubernetes("https://127.0.0.1:6443", "Y2E=");
    const described = await cli(aws, "eks", "describe-cluster", "--name", "test");
    expect(described).toMatchObject({
      cluster: { endpoint: "https://127.0.0.1:6443", certificateAuthority: { data: "Y2E=" } },
    });
  });

  it("answers the URL in a token of `aws eks get-token` with the principal that made it", async () => {
    const credentials = await aws.credentials(role("teams/developer"));
    const environment = { ...aws.environment, ...credentials };
    const token = await text({ environment }, "status.token", "eks", "get-token", ...cluster);
    const url = Buffer.from(token.replace("k8s-aws-v1.", ""), "base64url").toString("utf8");
    expect(url.startsWith(aws.endpoint)).toBe(true);
    const response = await fetch(url, { headers: { "x-k8s-aws-id": "test", accept: "application/json" } });
    expect(await response.json()).toMatchObject({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { Arn: expect.stringMatching(`arn:aws:sts::${account}:assumed-role/developer/`) },
      },
    });
  });

  it("admits the creator of a cluster, and whoever has an access entry", async () => {
    const principal = role("pod");
    await cli(aws, "eks", "create-access-entry", ...cluster, "--principal-arn", principal);
    await cli(
      aws,
      ...["eks", "associate-access-policy", ...cluster, "--principal-arn", principal],
      ...["--policy-arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"],
      ...["--access-scope", "type=namespace,namespaces=apps"],
    );
    expect(aws.accessEntries("test")).toMatchObject([
      {
        principalArn: role("sandbox-administrator"),
        policies: [{ policyArn: expect.stringContaining("AmazonEKSClusterAdminPolicy") }],
      },
      {
        principalArn: principal,
        username: `arn:aws:sts::${account}:assumed-role/pod/{{SessionName}}`,
        policies: [{ accessScope: { type: "namespace", namespaces: ["apps"] } }],
      },
    ]);
  });

  it("takes no access entry for a principal that does not exist", async () => {
    const missing = ["eks", "create-access-entry", ...cluster, "--principal-arn", role("nobody")];
    expect(await refusal(aws, ...missing)).toContain("invalid principal");
  });

  it("takes no Pod Identity role that cannot tag its sessions", async () => {
    const association = [
      "eks",
      "create-pod-identity-association",
      ...cluster,
      "--namespace",
      "a",
      "--service-account",
      "b",
    ];
    expect(await refusal(aws, ...association, "--role-arn", role("untagged"))).toContain("sts:TagSession");
  });

  it("lets a service account into its own role and into no other", async () => {
    const issuer = await text(aws, "cluster.identity.oidc.issuer", "eks", "describe-cluster", "--name", "test");
    const audience = "sts.amazonaws.com";
    const provider = ["iam", "create-open-id-connect-provider", "--url", issuer, "--client-id-list", audience];
    const Federated = await text(aws, "OpenIDConnectProviderArn", ...provider);
    const host = issuer.replace("https://", "");
    const StringEquals = { [`${host}:sub`]: "system:serviceaccount:apps:book", [`${host}:aud`]: audience };
    const Action = "sts:AssumeRoleWithWebIdentity";
    const Statement = [{ Effect: "Allow", Action, Principal: { Federated }, Condition: { StringEquals } }];
    const document = JSON.stringify({ Version: "2012-10-17", Statement });
    await cli(aws, "iam", "create-role", "--role-name", "irsa", "--assume-role-policy-document", document);
    const assume = (sub: string) => {
      const claims = Buffer.from(JSON.stringify({ sub, aud: [audience] })).toString("base64url");
      const session = ["--role-arn", role("irsa"), "--role-session-name", "pod"];
      return ["sts", "assume-role-with-web-identity", ...session, "--web-identity-token", `e30.${claims}.none`];
    };
    const assumed = await cli(aws, ...assume("system:serviceaccount:apps:book"));
    expect(assumed).toMatchObject({ AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/irsa/pod` } });
    expect(await refusal(aws, ...assume("system:serviceaccount:apps:author"))).toContain("AccessDenied");
  });

  it("does not let the authentication mode go back", async () => {
    const back = ["eks", "update-cluster-config", "--name", "test", "--access-config", "authenticationMode=CONFIG_MAP"];
    expect(await refusal(aws, ...back)).toContain("Unsupported authentication mode update from API to CONFIG_MAP");
  });

  it("keeps a cluster that has nodes, its subnets and its security group", async () => {
    await cli(
      aws,
      ...["eks", "create-nodegroup", ...cluster, "--nodegroup-name", "nodes", "--node-role", role("node")],
      ...["--subnets", ...subnets],
    );
    expect(aws.accessEntries("test").map(({ type }) => type)).toContain("EC2_LINUX");
    expect(await refusal(aws, "eks", "delete-cluster", "--name", "test")).toContain("ResourceInUseException");
    expect(await refusal(aws, "ec2", "delete-subnet", "--subnet-id", subnets[0] ?? "")).toContain(
      "DependencyViolation",
    );
    const group = await text(
      aws,
      "cluster.resourcesVpcConfig.clusterSecurityGroupId",
      ...["eks", "describe-cluster", "--name", "test"],
    );
    expect(await refusal(aws, "ec2", "delete-security-group", "--group-id", group)).toContain("DependencyViolation");
  });

  it("has coredns degraded while nothing can run it", async () => {
    await cli(aws, "eks", "create-addon", ...cluster, "--addon-name", "coredns");
    const status = () => text(aws, "addon.status", "eks", "describe-addon", ...cluster, "--addon-name", "coredns");
    expect(await status()).toBe("ACTIVE");
    await cli(aws, "eks", "delete-nodegroup", ...cluster, "--nodegroup-name", "nodes");
    expect(await status()).toBe("DEGRADED");
  });

  it("takes the access entries, the security group and the interfaces of a cluster away with it", async () => {
    await cli(aws, "eks", "delete-cluster", "--name", "test");
    expect(aws.accessEntries("test")).toEqual([]);
    await cli(aws, "ec2", "delete-subnet", "--subnet-id", subnets[0] ?? "");
    expect((await aws.inventory())["security group"]).toHaveLength(2);
  });

  it("has no Shield Advanced", async () => {
    expect(await text(aws, "SubscriptionState", "shield", "get-subscription-state")).toBe("INACTIVE");
  });

  it("refuses an operation that it lacks at once, and names it", async () => {
    expect(await refusal(aws, "ec2", "describe-vpc-block-public-access-options")).toContain(
      "The sandbox cannot do ec2 DescribeVpcBlockPublicAccessOptions",
    );
  });

  it("is not started twice in one folder while its owner lives", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
    try {
      writeFileSync(join(folder, "rules", "moto.owner"), String(other.pid));
      await expect(startAws({ workDir: join(folder, "rules"), region })).rejects.toThrow(
        `process ${other.pid} runs a sandbox`,
      );
    } finally {
      other.kill();
      writeFileSync(join(folder, "rules", "moto.owner"), String(process.pid));
    }
  });
});
