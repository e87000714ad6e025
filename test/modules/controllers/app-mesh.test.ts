import { describe, expect, it } from "vitest";
import { appMeshControllerPolicy } from "../../../modules/controllers/app-mesh/policy";
import { synthStacks } from "../../support/environments";
import { list } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { resource } from "../../support/synth";
import { declared } from "../mesh/declaration";
import { chartProblems } from "./chart-problems";

const acknowledgeEndOfLife = { appMesh: "2026-09-30" };
const context = {
  partition: "aws-us-gov",
  region: "us-gov-west-1",
  accountId: "210987654321",
} as const;

/** Actions of a policy with the resources they are held to. */
function resourcesOf(policy: ReturnType<typeof appMeshControllerPolicy>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.Statement.flatMap(({ Action, Resource }) => list(Action).map((action) => [action, list(Resource)] as const)),
  );
}

describe("the controller of App Mesh", () => {
  it("touches the resources of its one mesh", () => {
    const resources = resourcesOf(appMeshControllerPolicy("shop", context));
    const arn = "arn:aws-us-gov:appmesh:us-gov-west-1:210987654321:mesh/shop";
    expect(resources.get("appmesh:DeleteMesh")).toEqual([arn]);
    expect(resources.get("appmesh:CreateVirtualNode")).toEqual([arn, `${arn}/*`]);
    expect(resources.get("appmesh:ListGatewayRoutes")).toEqual([arn, `${arn}/*`]);
  });

  it("is allowed everything only where the service knows nothing narrower", () => {
    const everything = [...resourcesOf(appMeshControllerPolicy("shop", context))]
      .filter(([, resources]) => resources.includes("*"))
      .map(([action]) => action);
    expect(everything).toEqual([
      "appmesh:ListMeshes",
      "acm:ListCertificates",
      "acm-pca:ListCertificateAuthorities",
      "servicediscovery:ListNamespaces",
      "servicediscovery:ListServices",
      "route53:CreateHealthCheck",
    ]);
  });

  it("has no wildcard among its actions", () => {
    expect(
      [...resourcesOf(appMeshControllerPolicy("shop", context)).keys()].filter((action) => action.includes("*")),
    ).toEqual([]);
  });

  it("takes certificates from cert-manager where there is one, and waits for it", () => {
    const controllers = { awsLoadBalancerController: {}, certManager: {} };
    const stacks = synthStacks(declared("app-mesh", {}, { acknowledgeEndOfLife, controllers }));
    const { arguments: release, values } = releaseOf(stacks, "appmesh-controller");
    expect(values).toMatchObject({ enableCertManager: true });
    expect(list(release["depends_on"] as string[])).toContain(releaseOf(stacks, "cert-manager").address);
    const without = synthStacks(declared("app-mesh", {}, { acknowledgeEndOfLife }));
    expect(releaseOf(without, "appmesh-controller").values).toMatchObject({ enableCertManager: false });
  });

  it("puts the gateway's own Envoy into members too", () => {
    const { values } = releaseOf(synthStacks(declared("app-mesh", {}, { acknowledgeEndOfLife })), "appmesh-controller");
    expect(values).toMatchObject({
      sidecar: { image: { repository: "public.ecr.aws/appmesh/aws-appmesh-envoy", tag: "v1.29.12.3-prod" } },
    });
  });

  it("with Pod Identity is tied to its role in EKS", () => {
    const stacks = synthStacks(declared("app-mesh", {}, { acknowledgeEndOfLife }));
    expect(resource(stacks.identity, "aws_eks_pod_identity_association", "appMesh_association")).toMatchObject({
      namespace: "appmesh-system",
      service_account: "appmesh-controller",
    });
    expect(releaseOf(stacks, "appmesh-controller").values["serviceAccount"]).toEqual({
      create: true,
      name: "appmesh-controller",
    });
  });

  it("gives its chart only values that it knows", (test) => {
    const release = releaseOf(
      synthStacks(declared("app-mesh", {}, { acknowledgeEndOfLife, identity: { workloads: "irsa" } })),
      "appmesh-controller",
    );
    expect(chartProblems(test, release)).toEqual([]);
  });
});
