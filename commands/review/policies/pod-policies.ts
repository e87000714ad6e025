import type { Landscape } from "../../doors/landscape";
import { placeOf } from "../../terraform-json/environment-json";
import { listAt, textAt } from "../../terraform-json/json";
import type { KubernetesObject } from "../../terraform-json/kubernetes-objects";
import type { Policy } from "./policy";

/** Workloads for which something holds. */
function workloads(landscape: Landscape, holds: (workload: KubernetesObject) => boolean): readonly string[] {
  return landscape.objects
    .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet"].includes(kind))
    .filter(holds)
    .map(({ block }) => placeOf(block));
}

/** Workloads with a container that breaks something. */
function containers(landscape: Landscape, broken: (container: unknown) => boolean): readonly string[] {
  return workloads(landscape, ({ spec }) => listAt(spec, "template", "spec", "containers").some(broken));
}

/** Policies over pods. */
export const podPolicies: readonly Policy[] = [
  {
    id: "pods-no-token",
    reason: "A pod that is taken over can then ask the API server nothing.",
    fix: "Leave `automount_service_account_token` off.",
    names: { cisEks: "4.1.6", trivy: ["KSV-0036"] },
    broken: (landscape) =>
      workloads(landscape, ({ spec }) => textAt(spec, "template", "spec", "automountServiceAccountToken") !== "false"),
  },
  {
    id: "pods-not-privileged",
    reason: "A privileged container is its node.",
    fix: 'Leave `security.kind` at "restricted".',
    names: { cisEks: "4.2.1", checkov: ["CKV_K8S_16"], trivy: ["KSV-0017"] },
    broken: (landscape) =>
      containers(landscape, (container) => textAt(container, "securityContext", "privileged") === "true"),
  },
  {
    id: "pods-no-escalation",
    reason: "A program could become root by one that is.",
    fix: 'Leave `security.kind` at "restricted".',
    names: { cisEks: "4.2.5", checkov: ["CKV_K8S_20"], trivy: ["KSV-0001"] },
    broken: (landscape) =>
      containers(
        landscape,
        (container) => textAt(container, "securityContext", "allowPrivilegeEscalation") !== "false",
      ),
  },
];
