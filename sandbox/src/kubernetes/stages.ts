/** Type of the condition that a pod has once the images of its containers are on its node. */
export const imagesPulled = "sandbox.ingress-foundry/ImagesPulled";

interface Expression {
  readonly key: string;
  readonly operator: "Exists" | "DoesNotExist" | "In" | "NotIn";
  readonly values?: readonly string[];
}

function stage(name: string, kind: "Node" | "Pod", matchExpressions: readonly Expression[], next: object): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup: "v1", kind }, selector: { matchExpressions }, next },
  };
}

const conditionOf = (type: string) => `.status.conditions.[] | select( .type == "${type}" ) | .status`;
const present: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
const pending: Expression = { key: ".status.phase", operator: "In", values: ["Pending"] };
const notReady: Expression = { key: conditionOf("Ready"), operator: "NotIn", values: ["True"] };

const nodeReady = `
conditions:
{{ range NodeConditions }}
- { type: {{ .type | Quote }}, status: {{ .status | Quote }}, reason: {{ .reason | Quote }}, message: {{ .message | Quote }}, lastHeartbeatTime: {{ Now | Quote }}, lastTransitionTime: {{ Now | Quote }} }
{{ end }}
phase: Running
`;

/** Init containers that stay beside the others run on; all others have ended. */
const podRunning = `
{{ $now := Now }}
conditions:
{{ range $type := list "Initialized" "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  {{ if eq ( or .restartPolicy "" ) "Always" }}
  started: true
  state: { running: { startedAt: {{ $now | Quote }} } }
  {{ else }}
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
  {{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
phase: Running
startTime: {{ $now | Quote }}
`;

const podSucceeded = `
{{ $now := Now }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
{{ end }}
phase: Succeeded
`;

/**
 * What KWOK lets nodes and pods become: nodes get ready, pods run as soon as their images are pulled, those of Jobs
 * succeed, and deleted ones are gone.
 *
 * @param waitForImages whether somebody pulls images, and says so by the condition {@link imagesPulled}
 */
export function kwokStages(waitForImages: boolean): readonly object[] {
  const pulled: readonly Expression[] = waitForImages
    ? [{ key: conditionOf(imagesPulled), operator: "In", values: ["True"] }]
    : [];
  const ofJob: Expression = { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] };
  const running: Expression = { key: ".status.phase", operator: "In", values: ["Running"] };
  return [
    stage("node-ready", "Node", [notReady], { statusTemplate: nodeReady }),
    stage("pod-running", "Pod", [present, pending, notReady, ...pulled], { statusTemplate: podRunning }),
    stage("pod-succeeded", "Pod", [present, running, ofJob], { statusTemplate: podSucceeded }),
    stage("pod-gone", "Pod", [{ key: ".metadata.deletionTimestamp", operator: "Exists" }], { delete: true }),
  ];
}
