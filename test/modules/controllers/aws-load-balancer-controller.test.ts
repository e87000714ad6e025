import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { chartProblems } from "./chart-problems";

type Controllers = NonNullable<EnvironmentInput["controllers"]>;

function release(options: NonNullable<Controllers["awsLoadBalancerController"]> = {}, others: Controllers = {}) {
  const controllers = { ...others, awsLoadBalancerController: options };
  return releaseOf(synthStacks({ ...minimal("shop"), controllers }), "aws-load-balancer-controller");
}

describe("the AWS Load Balancer Controller", () => {
  it("has two pods, or as many as are asked for, loses one at a time and spreads them over zones and nodes", () => {
    const labelSelector = { matchLabels: { "app.kubernetes.io/name": "aws-load-balancer-controller" } };
    expect(release().values).toMatchObject({
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: [
        { topologyKey: "topology.kubernetes.io/zone", labelSelector },
        { topologyKey: "kubernetes.io/hostname", labelSelector },
      ],
    });
    expect(release({ replicas: 4 }).values["replicaCount"]).toBe(4);
  });

  it("sends to pods, not nodes, where an object does not say", () => {
    expect(release().values["defaultTargetType"]).toBe("ip");
  });

  it("marks what it makes in AWS with the environment, as Terraform marks its own", () => {
    expect(release().values["defaultTags"]).toEqual({ Environment: "shop" });
  });

  it("starts again when the kinds of the Gateway API come, which it looks for only at its start", () => {
    expect(release().values["podAnnotations"]).not.toHaveProperty(["gateway-api/version"]);
    const after = release({}, { gatewayApiCrds: {} });
    expect(after.values["podAnnotations"]).toMatchObject({ "gateway-api/version": "1.6.1" });
    expect(after.arguments["depends_on"]).toContain("helm_release.gateway-api-crds");
  });

  it.each(["info", "debug"] as const)("logs %s where that is asked for", (logLevel) => {
    expect(release({ logLevel }).values["logLevel"]).toBe(logLevel);
  });

  it("gives its chart only values that it knows, with the certificates of either source", (context) => {
    expect(chartProblems(context, release())).toEqual([]);
    expect(chartProblems(context, release({}, { certManager: {}, gatewayApiCrds: {} }))).toEqual([]);
  });
});
