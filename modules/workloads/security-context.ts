import type {
  DeploymentV1SpecTemplateSpecContainerSecurityContext as ContainerSecurityContext,
  DeploymentV1SpecTemplateSpecSecurityContext as PodSecurityContext,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { assertNever } from "../schema/assert-never";
import { isJob } from "./run-schema";
import type { Workload } from "./schema";

const firstUnprivilegedPort = 1024;

/** Security context of the pod. `restricted` and `baseline` pass the Pod Security Standards of these names. */
export function podSecurityContext(workload: Workload): PodSecurityContext | undefined {
  const { security } = workload;
  switch (security.kind) {
    case "restricted":
      return {
        runAsNonRoot: true,
        runAsUser: String(security.runAsUser),
        runAsGroup: String(security.runAsUser),
        // A new volume is root's; the kubelet gives it to this group.
        ...(workload.runs.kind === "stateful-set" && Object.keys(workload.runs.volumes).length > 0
          ? { fsGroup: String(security.runAsUser), fsGroupChangePolicy: "OnRootMismatch" }
          : {}),
        seccompProfile: { type: "RuntimeDefault" },
        // Without it a process that is not root cannot listen there; of the sysctls that the standard allows.
        ...(!isJob(workload.runs) && workload.port < firstUnprivilegedPort
          ? { sysctl: [{ name: "net.ipv4.ip_unprivileged_port_start", value: String(workload.port) }] }
          : {}),
      };
    case "baseline":
      return { seccompProfile: { type: "RuntimeDefault" } };
    case "privileged":
      return undefined;
    default:
      return assertNever("security of pods", security);
  }
}

/** Security context of the container. */
export function containerSecurityContext(workload: Workload): ContainerSecurityContext {
  const { security } = workload;
  switch (security.kind) {
    case "restricted":
      return {
        // Said of the pod already; but where nothing is said here, Terraform's provider sends false.
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: security.readOnlyRootFilesystem,
        capabilities: { drop: ["ALL"] },
      };
    case "baseline":
      return { allowPrivilegeEscalation: false };
    case "privileged":
      return { privileged: true };
    default:
      return assertNever("security of pods", security);
  }
}
