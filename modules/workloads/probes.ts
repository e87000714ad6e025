import type { DeploymentV1SpecTemplateSpecContainerReadinessProbe as ContainerProbe } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { assertNever } from "../schema/assert-never";
import type { Workload } from "./schema";

type Probe = Workload["probes"]["readiness"];

/** A probe of the container; undefined for none. Readiness, liveness and startup probes have one shape. */
export function containerProbe(probe: Probe, containerPort: number): ContainerProbe | undefined {
  if (probe.kind === "none") return undefined;
  const timing = {
    initialDelaySeconds: probe.initialDelaySeconds,
    periodSeconds: probe.periodSeconds,
    timeoutSeconds: probe.timeoutSeconds,
    failureThreshold: probe.failureThreshold,
  };
  const port = String(probe.port ?? containerPort);
  switch (probe.kind) {
    case "http":
      return { ...timing, httpGet: { path: probe.path, port } };
    case "tcp":
      return { ...timing, tcpSocket: [{ port }] };
    default:
      return assertNever("probe", probe);
  }
}

/** Where load balancers may ask whether a pod is well; undefined where its readiness is no matter of HTTP. */
export function httpHealthCheck(workload: Workload): { readonly path: string; readonly port: number } | undefined {
  const { readiness } = workload.probes;
  if (readiness.kind !== "http") return undefined;
  return { path: readiness.path, port: readiness.port ?? workload.port };
}
