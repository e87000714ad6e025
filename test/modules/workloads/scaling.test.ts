import { describe, expect, test } from "vitest";
import { resources } from "../../support/synth";
import { synthWorkload, type WorkloadInput } from "./synth-workload";

function budgets(input: Partial<WorkloadInput>) {
  return resources(synthWorkload(input).json, "kubernetes_pod_disruption_budget_v1");
}

describe("disruption budget", () => {
  test("with two pods and more a drain takes one at a time", () => {
    expect(budgets({ namespace: "web", labels: { app: "x", tier: "y" } })).toMatchObject([
      {
        metadata: { name: "shop", namespace: "web" },
        spec: { max_unavailable: "1", selector: { match_labels: { app: "x", tier: "y" } } },
      },
    ]);
  });

  test.each([
    ["one pod", { replicas: 1 }],
    ["no pod", { replicas: 0 }],
    ["an autoscaler that may go down to one", { autoscaler: { min: 1, max: 5 } }],
    ["kind none", { replicas: 3, disruptionBudget: { kind: "none" as const } }],
  ])("there is none with %s", (_case, input) => {
    expect(budgets(input)).toEqual([]);
  });

  test("an autoscaler's minimum counts, not the replicas", () => {
    expect(budgets({ replicas: 1, autoscaler: { min: 2, max: 5 } })).toHaveLength(1);
  });

  test("it bounds what may be away or what must stay", () => {
    expect(budgets({ replicas: 5, disruptionBudget: { kind: "max-unavailable", count: 2 } })).toMatchObject([
      { spec: { max_unavailable: "2" } },
    ]);
    const [staying] = budgets({ replicas: 5, disruptionBudget: { kind: "min-available", count: 3 } });
    expect(staying).toMatchObject({ spec: { min_available: "3" } });
    expect(staying?.["spec"]).not.toHaveProperty("max_unavailable");
  });
});

describe("autoscaler", () => {
  test("there is none by default", () => {
    expect(resources(synthWorkload().json, "kubernetes_horizontal_pod_autoscaler_v2")).toEqual([]);
  });

  test("it aims the Deployment's pods at a share of the CPU they request", () => {
    const { of } = synthWorkload({
      namespace: "web",
      names: { deployment: "shop-pods" },
      autoscaler: { min: 2, max: 8, cpuPercent: 60 },
    });
    expect(of("kubernetes_horizontal_pod_autoscaler_v2", "autoscaler")).toMatchObject({
      metadata: { name: "shop-pods", namespace: "web" },
      spec: {
        min_replicas: 2,
        max_replicas: 8,
        scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "shop-pods" },
        metric: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", average_utilization: 60 } } },
        ],
      },
    });
  });
});
