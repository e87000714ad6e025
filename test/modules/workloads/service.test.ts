import { describe, expect, test } from "vitest";
import { workloadSchema } from "../../../modules/workloads/schema";
import { synthWorkload } from "./synth-workload";

describe("Service", () => {
  test("it is reached inside the cluster alone, selects the pods by all labels and leads to the container's port", () => {
    const { of } = synthWorkload({
      namespace: "web",
      port: 8080,
      servicePort: 80,
      labels: { app: "healthy", tier: "x" },
    });
    expect(of("kubernetes_service_v1", "service")).toMatchObject({
      metadata: { name: "shop", namespace: "web", labels: { app: "healthy", tier: "x" } },
      spec: {
        type: "ClusterIP",
        selector: { app: "healthy", tier: "x" },
        port: [{ port: 80, target_port: "8080", protocol: "TCP" }],
      },
    });
  });

  test("its port is the container's unless the environment says otherwise", () => {
    expect(synthWorkload({ port: 5001 }).of("kubernetes_service_v1", "service")).toMatchObject({
      spec: { port: [{ port: 5001, target_port: "5001" }] },
    });
  });

  test("it takes a name of its own", () => {
    const { of } = synthWorkload({ names: { service: "healthy-app" } });
    expect(of("kubernetes_service_v1", "service")).toMatchObject({ metadata: { name: "healthy-app" } });
  });

  test("its name begins with a letter", () => {
    const result = workloadSchema.safeParse({ image: { name: "a", tag: "1" }, port: 80, names: { service: "2048" } });
    expect(result.error?.issues).toMatchObject([
      { path: ["names", "service"], message: "a Service's name begins with a letter" },
    ]);
  });
});

describe("labels", () => {
  test("a selector is never empty", () => {
    const result = workloadSchema.safeParse({ image: { name: "a", tag: "1" }, port: 80, labels: {} });
    expect(result.error?.issues).toMatchObject([{ path: ["labels"], message: "a selector needs one label or more" }]);
  });
});
