import { describe, expect, it } from "vitest";
import { missingFrom, policyFor, together } from "../../../commands/permissions/policies";
import type { RecordedNeed } from "../../../commands/permissions/recorded-needs";

const place = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };

const need = (action: string, more: Partial<RecordedNeed> = {}): RecordedNeed => ({
  stack: "dev-cluster",
  action,
  parameters: {},
  ...more,
});

async function resourcesFor(action: string, more: Partial<RecordedNeed> = {}): Promise<readonly string[]> {
  const { Statement } = await policyFor([need(action, more)], place);
  return Statement.flatMap(({ Resource }) => Resource);
}

describe("the resources of an action", () => {
  it.each<[string, string, Partial<RecordedNeed>, readonly string[]]>([
    ["every one, where AWS knows none", "ec2:DescribeVpcs", { resource: "*" }, ["*"]],
    ["every one, where the action takes none", "ecr:GetAuthorizationToken", {}, ["*"]],
    [
      "of a name that the environment gives",
      "iam:CreateRole",
      { parameters: { RoleName: "dev-nodes" } },
      ["arn:aws:iam::123456789012:role/dev-nodes"],
    ],
    [
      "of a name in a field that is only called name",
      "eks:DescribeCluster",
      { parameters: { name: "dev" } },
      ["arn:aws:eks:eu-west-1:123456789012:cluster/dev"],
    ],
    [
      "any id that AWS gives",
      "ec2:DeleteVpc",
      { resource: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0123456789abcdef0" },
      ["arn:aws:ec2:eu-west-1:123456789012:vpc/*"],
    ],
    [
      "of the types that the action takes, where the call named others as well",
      "ec2:CreateNatGateway",
      { resource: "arn:aws:ec2:eu-west-1:123456789012:route-table/rtb-0123456789abcdef0" },
      ["arn:aws:ec2:eu-west-1:123456789012:natgateway/*"],
    ],
    [
      "any id of a zone",
      "route53:GetHostedZone",
      { resource: "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ" },
      ["arn:aws:route53:::hostedzone/*"],
    ],
    [
      "AWS's own parameters of a service, which are in no account",
      "ssm:GetParameter",
      { parameters: { Name: "/aws/service/bottlerocket/aws-k8s-1.35/arm64/latest/image_version" } },
      ["arn:aws:ssm:eu-west-1::parameter/aws/service/bottlerocket/*"],
    ],
    [
      "any id of a listener, at load balancers of either type",
      "elasticloadbalancing:DeleteListener",
      {
        resource:
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/dev-shop/0fd99253e4ac0063/a70a1dac3bd994f0",
      },
      ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/*/dev-shop/*/*"],
    ],
    [
      "the object that a request names, in its bucket and not at access points",
      "s3:GetObject",
      { parameters: { Bucket: "example-terraform-state", Key: "platform/dev/cluster.tfstate" } },
      ["arn:aws:s3:::example-terraform-state/platform/dev/cluster.tfstate"],
    ],
    [
      "a name with the suffix that Terraform counts on in hexadecimal digits",
      "eks:DescribeNodegroup",
      { parameters: { clusterName: "dev", nodegroupName: "general-2026120116284210900000001a" } },
      ["arn:aws:eks:eu-west-1:123456789012:nodegroup/dev/general-*/*"],
    ],
    [
      "any suffix that Terraform gives",
      "iam:DeleteRole",
      { parameters: { RoleName: "dev-nodes-20260101000000000000000001" } },
      ["arn:aws:iam::123456789012:role/dev-nodes-*"],
    ],
    [
      "of the ARN that the request has",
      "iam:GetPolicy",
      { parameters: { PolicyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" } },
      ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
    ],
    [
      "of any API, by the path below it",
      "apigateway:DELETE",
      { resource: "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/resources/d4/methods/GET" },
      ["arn:aws:apigateway:eu-west-1::/restapis/*/resources/*/methods/*"],
    ],
    [
      "the role itself, where it is passed on",
      "iam:PassRole",
      { resource: "arn:aws:iam::123456789012:role/dev-nodes" },
      ["arn:aws:iam::123456789012:role/dev-nodes"],
    ],
  ])("%s", async (_, action, more, expected) => {
    expect(await resourcesFor(action, more)).toEqual(expected);
  });

  it("an action that AWS's data does not have is refused, for a policy could not name it", async () => {
    await expect(policyFor([need("ec2:CreateCloud")], place)).rejects.toThrow("no action that AWS has");
  });
});

describe("a policy", () => {
  const vpcs = need("ec2:DescribeVpcs", { resource: "*" });
  const subnets = need("ec2:DescribeSubnets", { resource: "*" });
  const role = need("iam:CreateRole", { parameters: { RoleName: "dev-nodes" } });

  it("has actions on the same resources in one statement, in the same order whatever the order of the calls", async () => {
    const policy = await policyFor([vpcs, role, subnets, vpcs], place);
    expect(policy).toEqual(await policyFor([subnets, vpcs, role], place));
    expect(policy.Statement).toEqual([
      { Effect: "Allow", Action: ["ec2:DescribeSubnets", "ec2:DescribeVpcs"], Resource: ["*"] },
      { Effect: "Allow", Action: ["iam:CreateRole"], Resource: ["arn:aws:iam::123456789012:role/dev-nodes"] },
    ]);
  });

  it("has what AWS asks for beside a call: the role of a service, and the key that secrets are encrypted with", async () => {
    const cluster = need("eks:CreateCluster", { parameters: { name: "dev" } });
    const { Statement } = await policyFor([cluster, need("kms:CreateKey")], place);
    expect(Statement).toContainEqual({
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/*"],
    });
    expect(Statement).toContainEqual({
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:DescribeKey"],
      Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
    });
    const without = await policyFor([cluster], place);
    expect(JSON.stringify(without)).not.toContain("kms:CreateGrant");
  });

  it("keeps what it allowed when more is added", async () => {
    const [first, second] = [await policyFor([vpcs], place), await policyFor([role], place)];
    expect(together(first, second)).toEqual(await policyFor([vpcs, role], place));
  });

  it("lacks what a new call needs, and says which", async () => {
    const before = await policyFor([vpcs], place);
    expect(missingFrom(before, await policyFor([vpcs, role], place))).toEqual([
      "iam:CreateRole on arn:aws:iam::123456789012:role/dev-nodes",
    ]);
    expect(missingFrom(await policyFor([vpcs, role], place), before)).toEqual([]);
  });
});
