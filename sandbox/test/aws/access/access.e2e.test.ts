import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, startAws } from "../../../src/aws/start";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "sandbox-access-"));
const account = "123456789012";
const clusterTag = "elbv2.k8s.aws/cluster";

let aws: Aws;
let vpc: string;
beforeAll(async () => {
  aws = await startAws({ workDir: folder, region: "eu-west-1", accountId: account });
  vpc = await cli(aws.environment, "ec2", "create-vpc", "--cidr-block", "10.1.0.0/16", "--query", "Vpc.VpcId");
});
afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Variables = Readonly<Record<string, string>>;

async function cli(environment: Variables, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("aws", [...args, "--output", "text"], { env: { ...environment } });
  return stdout.trim();
}

async function refusal(environment: Variables, ...args: readonly string[]): Promise<string> {
  return cli(environment, ...args).then(
    () => "no error",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** Makes a role with these statements, as a stack would, and gives what lets a program act as it. */
async function actingAs(name: string, ...statements: readonly object[]): Promise<Variables> {
  const trust = {
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "pods.eks.amazonaws.com" } }],
  };
  const role = ["--role-name", name] as const;
  await cli(aws.environment, "iam", "create-role", ...role, "--assume-role-policy-document", JSON.stringify(trust));
  await allowed(name, ...statements);
  return { ...aws.environment, ...(await aws.credentials(`arn:aws:iam::${account}:role/${name}`)) };
}

/** Gives a role this policy in the place of the one that it had. */
async function allowed(name: string, ...statements: readonly object[]): Promise<void> {
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })),
  });
  await cli(
    aws.environment,
    ...["iam", "put-role-policy", "--role-name", name, "--policy-name", "policy", "--policy-document", document],
  );
}

const groupTags = (tag: string) => [
  "--tag-specifications",
  `ResourceType=security-group,Tags=[{Key=${tag},Value=dev}]`,
];
const newGroup = (name: string) => ["ec2", "create-security-group", "--group-name", name, "--description", "doors"];

describe("what a role of a stack calls is held to its policies", () => {
  it("an action that is allowed is done, and any other is denied with the code and the words of AWS", async () => {
    const records = await actingAs("records", { Action: "route53:ListHostedZones" });
    expect(await refusal(records, "route53", "list-hosted-zones")).toBe("no error");
    expect(
      await refusal(records, "route53", "create-hosted-zone", "--name", "a.example", "--caller-reference", "1"),
    ).toContain(
      `(AccessDenied) when calling the CreateHostedZone operation: User: arn:aws:sts::${account}:assumed-role/records/sandbox ` +
        "is not authorized to perform: route53:CreateHostedZone because no identity-based policy allows the " +
        "route53:CreateHostedZone action",
    );
    expect(await refusal(records, "ec2", "describe-vpcs")).toContain("(UnauthorizedOperation)");
    expect(await refusal(records, "eks", "list-clusters")).toContain("(AccessDeniedException)");
    expect(await refusal(records, "ecr", "describe-repositories")).toContain("(AccessDeniedException)");
    expect(await refusal(records, "elbv2", "describe-load-balancers")).toContain("(AccessDenied)");
  });

  it("an action is denied on a resource that the policy does not name", async () => {
    const zone = async (name: string) =>
      (
        await cli(
          aws.environment,
          ...["route53", "create-hosted-zone", "--name", name, "--caller-reference", name, "--query", "HostedZone.Id"],
        )
      ).replace("/hostedzone/", "");
    const [own, other] = [await zone("own.example"), await zone("other.example")];
    const one = await actingAs("one-zone", {
      Action: "route53:ListResourceRecordSets",
      Resource: `arn:aws:route53:::hostedzone/${own}`,
    });
    const list = (id: string) => refusal(one, "route53", "list-resource-record-sets", "--hosted-zone-id", id);
    expect(await list(own)).toBe("no error");
    expect(await list(other)).toContain(`on resource: arn:aws:route53:::hostedzone/${other}`);
  });

  it("conditions on the tags of a request and of a resource count", async () => {
    const role = await actingAs(
      "tagged",
      { Action: "ec2:CreateSecurityGroup" },
      {
        Action: "ec2:CreateTags",
        Resource: "arn:aws:ec2:*:*:security-group/*",
        Condition: {
          StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" },
          Null: { [`aws:RequestTag/${clusterTag}`]: "false" },
        },
      },
      { Action: "ec2:DeleteSecurityGroup", Condition: { Null: { [`aws:ResourceTag/${clusterTag}`]: "false" } } },
    );
    const of = ["--vpc-id", vpc, "--query", "GroupId"];
    const own = await cli(role, ...newGroup("own"), ...groupTags(clusterTag), ...of);
    expect(await refusal(role, ...newGroup("other"), ...groupTags("team"), ...of)).toContain("ec2:CreateTags");
    const foreign = await cli(aws.environment, ...newGroup("foreign"), ...of);
    const remove = (id: string) => refusal(role, "ec2", "delete-security-group", "--group-id", id);
    expect(await remove(foreign)).toContain("ec2:DeleteSecurityGroup on resource");
    expect(await remove(own)).toBe("no error");
  });

  it("a policy that changes counts at once", async () => {
    const role = await actingAs("changing", { Action: "ec2:DescribeVpcs" });
    expect(await refusal(role, "ec2", "describe-vpcs")).toBe("no error");
    await allowed("changing", { Action: "ec2:DescribeSubnets" });
    expect(await refusal(role, "ec2", "describe-vpcs")).toContain("(UnauthorizedOperation)");
  });

  it("who stands for somebody of the organisation may do everything", async () => {
    const operator = { ...aws.environment, ...(await aws.credentials(`arn:aws:iam::${account}:role/operators`)) };
    expect(await refusal(operator, "ec2", "describe-vpcs")).toBe("no error");
  });
});
