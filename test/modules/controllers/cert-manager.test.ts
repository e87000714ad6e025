import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { chartProblems } from "./chart-problems";

type CertManager = NonNullable<NonNullable<EnvironmentInput["controllers"]>["certManager"]>;

function release(options: CertManager = {}, cluster: Partial<EnvironmentInput["cluster"]> = {}) {
  const { controllers, ...environment } = minimal();
  const stacks = synthStacks({
    ...environment,
    cluster: { ...environment.cluster, ...cluster },
    controllers: { ...controllers, certManager: options },
  });
  return releaseOf(stacks, "cert-manager");
}

const parts: readonly (readonly [component: string, path: readonly string[]])[] = [
  ["controller", []],
  ["webhook", ["webhook"]],
  ["cainjector", ["cainjector"]],
];

describe("cert-manager", () => {
  it("leaves its CRDs behind when it goes, and with them every certificate there is", () => {
    expect(release().values["crds"]).toEqual({ enabled: true, keep: true });
  });

  it.each(parts)(
    "has two pods of its %s, or as many as are asked for, and keeps one through a drain",
    (_part, path) => {
      expect(at(release().values, ...path)).toMatchObject({
        replicaCount: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
      });
      expect(at(release({ replicas: 3 }).values, ...path)).toMatchObject({ replicaCount: 3 });
    },
  );

  it.each(parts)("spreads the pods of its %s over zones and nodes by their own labels", (component, path) => {
    const constraints = at(release().values, ...path, "topologySpreadConstraints");
    const labelSelector = {
      matchLabels: { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": component },
    };
    expect(constraints).toEqual([
      expect.objectContaining({ topologyKey: "topology.kubernetes.io/zone", labelSelector }),
      expect.objectContaining({ topologyKey: "kubernetes.io/hostname", labelSelector }),
    ]);
  });

  it("leaves the kubelet's port alone on Fargate, and only there", () => {
    expect(release().values["webhook"]).not.toHaveProperty("securePort");
    const fargateProfiles = { certificates: { selectors: [{ namespace: "cert-manager" }] } };
    expect(release({}, { fargateProfiles }).values).toMatchObject({ webhook: { securePort: 10260 } });
  });

  it("gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release())).toEqual([]);
  });
});
