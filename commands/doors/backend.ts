import { placeOf } from "../terraform-json/environment-json";
import { at, listAt, mapAt, numberAt, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import type { Landscape } from "./landscape";
import type { Caller } from "./network-policies";
import { selects } from "./network-policies";
import type { Finding, Hop, Passage } from "./way";

/** The end of a way: a Service and the pods behind it. */
export interface Backend {
  readonly hops: readonly Hop[];
  readonly findings: readonly Finding[];
  /** `<namespace>/<name>:<port>` of the pods; undefined where there are none. */
  readonly workload: string | undefined;
  /** Port of the pods. */
  readonly port: number | undefined;
  readonly pods: KubernetesObject | undefined;
}

const kindsOfPods = ["Deployment", "StatefulSet", "DaemonSet"];

function broken(hop: Hop, finding: Finding): Backend {
  return { hops: [hop], findings: [finding], workload: undefined, port: undefined, pods: undefined };
}

/**
 * Follows a Service to its pods.
 *
 * @param port number or name of the Service's port
 * @param caller who connects to the pods; undefined where nothing is there that would
 */
export function toService(
  landscape: Landscape,
  { namespace, name, port }: { readonly namespace: string; readonly name: string; readonly port: string | undefined },
  caller: Caller | undefined,
  extra: (podPort: number | undefined) => readonly Passage[] = () => [],
): Backend {
  const service = landscape.object("Service", namespace, name);
  if (service === undefined) {
    return broken(
      { stop: "service", says: `Service ${namespace}/${name} is not there`, passages: [] },
      { hole: "no-service", says: `Service ${namespace}/${name}, which the rule leads to, is not there.` },
    );
  }
  const place = placeOf(service.block);
  const ports = listAt(service.spec, "ports");
  const found = ports.find((one) => port === undefined || textAt(one, "port") === port || textAt(one, "name") === port);
  if (found === undefined) {
    const there = ports.map((one) => textAt(one, "port")).join(", ");
    return broken(
      { stop: "service", says: `Service ${namespace}/${name} has no port ${port}`, place, passages: [] },
      {
        hole: "no-service-port",
        says: `Service ${namespace}/${name} has no port ${port}; it has ${there}.`,
        place,
      },
    );
  }
  const hop: Hop = {
    stop: "service",
    says: `Service ${namespace}/${name}, port ${textAt(found, "port")}`,
    place,
    passages: [],
  };
  const target = textAt(found, "targetPort") ?? textAt(found, "port");
  const behind = toPods(landscape, namespace, mapAt(service.spec, "selector"), target, caller, extra);
  return {
    ...behind,
    hops: [hop, ...behind.hops],
    findings: behind.findings.map((finding) => ({ place, ...finding })),
  };
}

/** Follows a selector to its pods. @param target number or name of a container's port */
export function toPods(
  landscape: Landscape,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  target: string | undefined,
  caller: Caller | undefined,
  extra: (podPort: number | undefined) => readonly Passage[] = () => [],
): Backend {
  const pods = landscape.objects.find(
    (object) =>
      kindsOfPods.includes(object.kind) &&
      object.namespace === namespace &&
      Object.keys(selector).length > 0 &&
      selects({ matchLabels: selector }, labelsOf(object)),
  );
  const says = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
  if (pods === undefined) {
    return broken(
      { stop: "pod", says: `no pods with ${says} in ${namespace}`, passages: [] },
      { hole: "no-pods", says: `No pods in ${namespace} have the labels ${says}.` },
    );
  }
  const served = listAt(pods.spec, "template", "spec", "containers").flatMap((container) =>
    listAt(container, "ports").map((port) => ({
      name: textAt(port, "name"),
      number: numberAt(port, "containerPort"),
    })),
  );
  const place = placeOf(pods.block);
  const port = served.find(({ name, number }) => name === target || String(number) === target)?.number;
  if (port === undefined) {
    const there = served.map(({ number }) => number).join(", ");
    return broken(
      { stop: "pod", says: `${namespace}/${pods.name} does not serve port ${target}`, place, passages: [] },
      {
        hole: "port-not-served",
        says: `Pods of ${namespace}/${pods.name} do not serve port ${target}; their containers have ${there || "none"}.`,
        place,
      },
    );
  }
  const passages = [
    ...extra(port),
    ...(caller === undefined ? [] : [landscape.policies.passage({ namespace, labels: labelsOf(pods), port }, caller)]),
  ];
  const refused = passages.filter(({ lets }) => !lets);
  return {
    hops: [
      {
        stop: "pod",
        says: `${pods.kind} ${namespace}/${pods.name}, port ${port}`,
        place,
        passages,
      },
    ],
    findings: refused.map((passage) => refusal(passage, `${namespace}/${pods.name}`)),
    workload: `${namespace}/${pods.name}:${port}`,
    port,
    pods,
  };
}

export function labelsOf(pods: KubernetesObject): Readonly<Record<string, string>> {
  return mapAt(at(pods.spec, "template", "metadata"), "labels");
}

/** A passage that does not let through, as a finding. */
export function refusal(passage: Passage, target: string): Finding {
  const hole = {
    "security-group": "group-refuses",
    "subnet-route": "no-internet-route",
    "network-policy": "policy-refuses",
  } as const;
  return {
    hole: hole[passage.kind],
    says: `The way to ${target} is shut: ${passage.says}.`,
    ...(passage.place === undefined ? {} : { place: passage.place }),
  };
}
