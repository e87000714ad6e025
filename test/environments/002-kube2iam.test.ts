import { describe, expect, it } from "vitest";
import { firstSize } from "../../commands/terraform-json/node-group-size";
import type { EnvironmentInput } from "../../platform/environment";
import { environmentFiles, stacksOf, synthStacks } from "../support/environments";
import { at, list, policyOf } from "../support/json";
import { helmReleases, metadataOf, releaseOf, typedResources } from "../support/kubernetes-objects";
import { resource, resources, type TerraformJson } from "../support/synth";

const seeds = stacksOf("seeds");

const fullAccess = [
  "AutoScalingFullAccess",
  "AmazonAPIGatewayAdministrator",
  "AmazonVPCFullAccess",
  "AWSCloudFormationFullAccess",
  "ElasticLoadBalancingFullAccess",
];

/** The seeds with something else of `kube2iam-ingress-role`. */
function withRole(
  role: NonNullable<NonNullable<EnvironmentInput["identity"]>["kube2iamRoles"]>[string],
): EnvironmentInput {
  return {
    ...environmentFiles.seeds,
    identity: { ...environmentFiles.seeds.identity, kube2iamRoles: { "kube2iam-ingress-role": role } },
  };
}

/** Policies attached to the role. */
function attached(stacks: typeof seeds): readonly unknown[] {
  return resources(stacks.identity, "aws_iam_role_policy_attachment")
    .filter(({ role }) => role === "${aws_iam_role.kube2iam_kube2iam-ingress-role.name}")
    .map((attachment) => attachment["policy_arn"]);
}

describe("seed 002, API Gateway ingress: kube2iam and what is around it", () => {
  it("002.13 the user apigw-user has no access key, and no policy but what a door may give it", () => {
    expect(resources(seeds.identity, "aws_iam_user")).toContainEqual({ name: "apigw-user" });
    for (const stack of Object.values(seeds)) {
      expect(Object.keys(stack.resource)).not.toContain("aws_iam_access_key");
      expect(Object.keys(stack.resource).filter((type) => type.startsWith("aws_iam_user_"))).toEqual([]);
    }
  });

  it("002.14 kube2iam-ingress-role trusts the nodes' role and nobody else", () => {
    const role = resource(seeds.identity, "aws_iam_role", "kube2iam_kube2iam-ingress-role");
    expect(role["name"]).toBe("kube2iam-ingress-role");
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "${data.terraform_remote_state.cluster.outputs.node_role_arn}" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  it("002.14 the nodes' role may assume exactly the declared roles, and describe regions", () => {
    const statements = resources(seeds.cluster, "aws_iam_role_policy").flatMap((policy) => policyOf(policy).Statement);
    const assumable = statements.filter(({ Action }) => list(Action).includes("sts:AssumeRole"));
    expect(assumable.flatMap(({ Resource }) => list(Resource))).toEqual([
      "arn:aws:iam::123456789012:role/kube2iam-ingress-role",
    ]);
    expect(statements.flatMap(({ Action }) => list(Action))).toContain("ec2:DescribeRegions");
  });

  it("002.15 none of the five full-access policies is attached", () => {
    expect(attached(seeds)).toEqual([]);
    for (const policy of fullAccess) expect(JSON.stringify(seeds)).not.toContain(policy);
  });

  it("002.15 exactly the five are where the option is on, of the environment's partition", () => {
    const legacyFullAccess = { kind: "on", reason: "The old controller's permissions, for a while." } as const;
    expect([...attached(synthStacks(withRole({ legacyFullAccess })))].sort()).toEqual(
      fullAccess.map((policy) => `arn:aws:iam::aws:policy/${policy}`).sort(),
    );
    const china = synthStacks({
      ...withRole({ legacyFullAccess }),
      aws: { region: "cn-north-1", accountId: "123456789012" },
      cluster: {
        ...environmentFiles.seeds.cluster,
        access: {
          operators: {
            principalArn: "arn:aws-cn:iam::123456789012:role/platform-operators",
            policies: [{ policy: "cluster-admin" }],
          },
        },
      },
    });
    expect([...attached(china)].sort()).toEqual(
      fullAccess.map((policy) => `arn:aws-cn:iam::aws:policy/${policy}`).sort(),
    );
  });

  it("002.16 kube2iam is installed as the seed had it, with namespace restrictions", () => {
    const { arguments: release, values } = releaseOf(seeds, "kube2iam-chart");
    expect(release).toMatchObject({ version: "0.15.0", repository: "oci://ghcr.io/jtblin" });
    expect(values).toMatchObject({
      rbac: { create: true },
      host: { iptables: true, interface: "eni+" },
      extraArgs: { "auto-discover-base-arn": "", "namespace-restrictions": "" },
    });
  });

  /** Roles that a namespace allows, whether it is made or was there before. */
  function allowedRoles(apps: TerraformJson, namespace: string): unknown {
    const block = ["kubernetes_namespace_v1", "kubernetes_annotations"]
      .flatMap((type) => resources(apps, type))
      .find((candidate) => metadataOf(candidate).name === namespace);
    const annotations = Object(block?.["annotations"] ?? (block === undefined ? {} : metadataOf(block).annotations));
    return annotations["iam.amazonaws.com/allowed-roles"];
  }

  it("002.16 the namespace default, whose pods use the role, names it, and these pods ask for it", () => {
    const { apps } = seeds;
    expect(JSON.parse(String(allowedRoles(apps, "default")))).toEqual(["kube2iam-ingress-role"]);
    const asking = resources(apps, "kubernetes_deployment_v1").filter((deployment) =>
      JSON.stringify(at(deployment, "spec", "template", "metadata")).includes("iam.amazonaws.com/role"),
    );
    expect(asking.map((deployment) => metadataOf(deployment))).toMatchObject([
      { name: "book-deployment", namespace: "default" },
    ]);
    expect(at(asking[0], "spec", "template", "metadata", "annotations", "iam.amazonaws.com/role")).toBe(
      "kube2iam-ingress-role",
    );
  });

  it("002.16 a namespace of its own names the role as well, and one without such pods names none", () => {
    const { apps } = synthStacks({
      ...environmentFiles.seeds,
      workloads: {
        ...environmentFiles.seeds.workloads,
        caller: {
          namespace: "callers",
          image: { name: "public.ecr.aws/aws-cli/aws-cli", tag: "2.31.0" },
          port: 8080,
          aws: { kind: "kube2iam", role: "kube2iam-ingress-role" },
        },
      },
    });
    expect(JSON.parse(String(allowedRoles(apps, "callers")))).toEqual(["kube2iam-ingress-role"]);
    expect(allowedRoles(apps, "mesh-test")).toBeUndefined();
  });

  it("002.17 a managed node group wants three nodes", () => {
    expect(resources(seeds.cluster, "aws_eks_node_group").map(firstSize)).toContain(3);
  });

  it("002.18 nothing of the old controller is there", () => {
    const text = JSON.stringify(seeds);
    expect(text).not.toContain("karthikk296d");
    expect(text).not.toMatch(/tiller/i);
    expect(text).not.toContain("apigateway.ingress.kubernetes.io");
    expect(helmReleases(seeds).map(({ arguments: release }) => release["chart"])).not.toContain(
      "amazon-apigateway-ingress-controller",
    );
    expect(typedResources(seeds, "kubernetes_stateful_set_v1")).toEqual([]);
  });
});
