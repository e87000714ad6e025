import { describe, expect, it } from "vitest";
import { latticeControllerPolicy } from "../../../modules/controllers/lattice/policy";
import { synthStacks } from "../../support/environments";
import { list } from "../../support/json";
import { customResource, releaseOf } from "../../support/kubernetes-objects";
import { resources } from "../../support/synth";
import { declared, workload } from "../mesh/declaration";
import { chartProblems } from "./chart-problems";

const context = { partition: "aws", region: "us-west-2", accountId: "123456789012" } as const;

/** Actions of the policy with the resources they are held to. */
const held = new Map(
  latticeControllerPolicy(context).Statement.flatMap(({ Action, Resource }) =>
    list(Action).map((action) => [action, list(Resource)] as const),
  ),
);

describe("the AWS Gateway API Controller", () => {
  it("is allowed everything only where the service knows nothing narrower", () => {
    const everything = [...held].filter(([, resources]) => resources.includes("*")).map(([action]) => action);
    expect(everything).toEqual([
      "vpc-lattice:ListServiceNetworks",
      "vpc-lattice:ListServices",
      "vpc-lattice:ListListeners",
      "vpc-lattice:ListRules",
      "vpc-lattice:ListTargetGroups",
      "vpc-lattice:ListServiceNetworkServiceAssociations",
      "vpc-lattice:ListServiceNetworkVpcAssociations",
      "vpc-lattice:ListAccessLogSubscriptions",
      "vpc-lattice:ListTagsForResource",
      "ec2:DescribeVpcs",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeSecurityGroups",
      "tag:GetResources",
      "tag:TagResources",
      "tag:UntagResources",
      "logs:CreateLogDelivery",
      "logs:GetLogDelivery",
      "logs:UpdateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries",
      "logs:DescribeLogGroups",
      "logs:PutResourcePolicy",
      "logs:DescribeResourcePolicies",
      "acm:ListCertificates",
    ]);
  });

  it("touches VPC Lattice's resources of its own account and region", () => {
    const arn = (path: string) => `arn:aws:vpc-lattice:us-west-2:123456789012:${path}`;
    expect(held.get("vpc-lattice:CreateRule")).toEqual([arn("service/*")]);
    expect(held.get("vpc-lattice:RegisterTargets")).toEqual([arn("targetgroup/*")]);
    expect(held.get("vpc-lattice:CreateServiceNetworkServiceAssociation")).toEqual([
      arn("service/*"),
      arn("servicenetwork/*"),
      arn("servicenetworkserviceassociation/*"),
    ]);
  });

  it("changes policies of the environment's own buckets alone", () => {
    const statement = latticeControllerPolicy(context).Statement.find(({ Action }) =>
      list(Action).includes("s3:PutBucketPolicy"),
    );
    expect(statement).toMatchObject({
      Resource: "arn:aws:s3:::*",
      Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
    });
  });

  it("lets in calls that this account signed, and nobody else", () => {
    const { controllers } = synthStacks(declared("lattice"));
    expect(resources(controllers, "aws_vpclattice_service_network")).toMatchObject([{ auth_type: "AWS_IAM" }]);
    const [made] = resources(controllers, "aws_vpclattice_auth_policy");
    expect(made?.["resource_identifier"]).toBe("${aws_vpclattice_service_network.lattice-network.arn}");
    expect(JSON.parse(String(made?.["policy"])).Statement).toEqual([
      {
        Sid: "SignedByThisAccount",
        Effect: "Allow",
        Principal: "*",
        Action: "vpc-lattice-svcs:Invoke",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
      },
    ]);
  });

  it("asks nobody who they are where the environment says why", () => {
    const authorization = { kind: "NONE", reason: "The callers of another team cannot sign." } as const;
    const { mesh, ...rest } = declared("lattice");
    if (mesh?.kind !== "lattice") throw new Error("the declaration is of another kind");
    const { controllers } = synthStacks({ ...rest, mesh: { ...mesh, authorization } });
    expect(resources(controllers, "aws_vpclattice_service_network")).toMatchObject([{ auth_type: "NONE" }]);
    expect(resources(controllers, "aws_vpclattice_auth_policy")).toEqual([]);
  });

  it("has no webhook, which would stand in the way of every pod and only serve readiness gates", () => {
    const { values } = releaseOf(synthStacks(declared("lattice")), "aws-gateway-controller-chart");
    expect(values["webhookEnabled"]).toBe(false);
  });

  it("the controller and its GatewayClass come after the kinds of the Gateway API", () => {
    const stacks = synthStacks(declared("lattice"));
    for (const { arguments: release } of [
      releaseOf(stacks, "aws-gateway-controller-chart"),
      customResource(stacks, "GatewayClass", "amazon-vpc-lattice").release,
    ]) {
      expect(list(release["depends_on"] as string[])).toContain("helm_release.gateway-api-crds");
    }
  });

  it("the GatewayClass comes after the controller and the network it speaks for", () => {
    const stacks = synthStacks(declared("lattice"));
    const { release } = customResource(stacks, "GatewayClass", "amazon-vpc-lattice");
    expect(release.stack).toBe("controllers");
    expect(list(release.arguments["depends_on"] as string[])).toEqual(
      expect.arrayContaining([
        releaseOf(stacks, "aws-gateway-controller-chart").address,
        "aws_vpclattice_service_network_vpc_association.lattice-network_vpc",
        "aws_vpc_security_group_ingress_rule.lattice-network_port-8080",
      ]),
    );
  });

  it("each port of the versions has a rule, and no port besides", () => {
    const changed = declared(
      "lattice",
      {},
      {
        workloads: { ...declared("lattice").workloads, "stock-1": workload({ app: "stock" }, { port: 9090 }) },
      },
    );
    const rules = resources(synthStacks(changed).controllers, "aws_vpc_security_group_ingress_rule");
    expect(rules.map((rule) => [rule["ip_protocol"], rule["from_port"], rule["to_port"]])).toEqual([
      ["tcp", 8080, 8080],
      ["tcp", 9090, 9090],
    ]);
  });

  it("gives its chart only values that it knows", (test) => {
    const release = releaseOf(
      synthStacks(declared("lattice", {}, { identity: { workloads: "irsa" } })),
      "aws-gateway-controller-chart",
    );
    expect(chartProblems(test, release)).toEqual([]);
  });
});
