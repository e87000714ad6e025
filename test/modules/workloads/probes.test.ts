import { describe, expect, test } from "vitest";
import { httpHealthCheck } from "../../../modules/workloads/probes";
import { containerOf, synthWorkload, workload } from "./synth-workload";

const timing = { initial_delay_seconds: 0, period_seconds: 10, timeout_seconds: 1, failure_threshold: 3 };

describe("probes", () => {
  test("by default readiness is a TCP connection to the port, and nothing restarts a pod", () => {
    const container = containerOf(synthWorkload({ port: 5001 }));
    expect(container["readiness_probe"]).toEqual({ ...timing, tcp_socket: [{ port: "5001" }] });
    expect(container).not.toHaveProperty("liveness_probe");
    expect(container).not.toHaveProperty("startup_probe");
  });

  test.each([
    ["readiness", "readiness_probe"],
    ["liveness", "liveness_probe"],
    ["startup", "startup_probe"],
  ] as const)("%s asks over HTTP with its own port and timing", (field, argument) => {
    const probe = {
      kind: "http" as const,
      path: "/healthz",
      port: 9000,
      initialDelaySeconds: 5,
      periodSeconds: 3,
      timeoutSeconds: 2,
      failureThreshold: 30,
    };
    expect(containerOf(synthWorkload({ probes: { [field]: probe } }))[argument]).toEqual({
      http_get: { path: "/healthz", port: "9000" },
      initial_delay_seconds: 5,
      period_seconds: 3,
      timeout_seconds: 2,
      failure_threshold: 30,
    });
  });

  test("kind none makes no readiness probe", () => {
    expect(containerOf(synthWorkload({ probes: { readiness: { kind: "none" } } }))).not.toHaveProperty(
      "readiness_probe",
    );
  });

  test("load balancers check what an HTTP readiness probe checks, and nothing else", () => {
    const http = workload({ port: 80, probes: { readiness: { kind: "http", path: "/ready" } } });
    expect(httpHealthCheck(http)).toEqual({ path: "/ready", port: 80 });
    const elsewhere = workload({ port: 80, probes: { readiness: { kind: "http", path: "/ready", port: 81 } } });
    expect(httpHealthCheck(elsewhere)).toEqual({ path: "/ready", port: 81 });
    expect(httpHealthCheck(workload({ probes: { liveness: { kind: "http", path: "/alive" } } }))).toBeUndefined();
  });
});
