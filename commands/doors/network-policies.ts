import { blocks, type EnvironmentJson, placeOf } from "../terraform-json/environment-json";
import { at, isObject, listAt, mapAt, objectOf, parsed, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { covers } from "./security-groups";
import type { Passage } from "./way";

/** Who comes to a pod: an address outside of the cluster, or pods of a namespace. */
export type Caller =
  | { readonly kind: "network"; readonly cidrs: readonly string[]; readonly says: string }
  | {
      readonly kind: "pods";
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly says: string;
    };

/** What is called. */
export interface Called {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
}

/** Network policies of an environment, and whether anything enforces them. */
export class NetworkPolicies {
  readonly policies: readonly KubernetesObject[];
  readonly enforced: boolean;
  private readonly namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>;

  constructor(environment: EnvironmentJson, objects: readonly KubernetesObject[]) {
    this.policies = objects.filter(({ kind }) => kind === "NetworkPolicy");
    this.enforced = blocks(environment, "aws_eks_addon").some(
      ({ arguments: given }) =>
        textAt(given, "addon_name") === "vpc-cni" &&
        textAt(parsed(textAt(given, "configuration_values")), "enableNetworkPolicy") === "true",
    );
    this.namespaceLabels = new Map(
      objects
        .filter(({ kind }) => kind === "Namespace")
        .map(({ name, labels }) => [name, { ...labels, "kubernetes.io/metadata.name": name }]),
    );
  }

  /** What the policies of a pod say of a caller. */
  passage(called: Called, caller: Caller): Passage {
    const about = this.policies.filter((policy) => this.isAbout(policy, called));
    if (about.length === 0) {
      return { kind: "network-policy", lets: true, says: "no network policy; any pod of the cluster may connect too" };
    }
    const admitting = about.find((policy) => this.admits(policy, called, caller));
    if (admitting !== undefined) {
      return {
        kind: "network-policy",
        lets: true,
        place: placeOf(admitting.block),
        says: `${admitting.name} admits ${caller.says} on ${called.port}`,
      };
    }
    const [first] = about;
    return {
      kind: "network-policy",
      lets: !this.enforced,
      ...(first === undefined ? {} : { place: placeOf(first.block) }),
      says: `${about.map(({ name }) => name).join(", ")} ${about.length === 1 ? "admits" : "admit"} no ${caller.says} on ${called.port}${this.enforced ? "" : ", but nothing enforces it"}`,
    };
  }

  private isAbout({ namespace, spec }: KubernetesObject, called: Called): boolean {
    const types = listAt(spec, "policyTypes");
    return (
      namespace === called.namespace &&
      (types.length === 0 || types.includes("Ingress")) &&
      selects(at(spec, "podSelector"), called.labels)
    );
  }

  private admits({ namespace, spec }: KubernetesObject, called: Called, caller: Caller): boolean {
    return listAt(spec, "ingress").some((rule) => {
      const ports = listAt(rule, "ports");
      const portOk =
        ports.length === 0 ||
        ports.some((port) => {
          const from = textAt(port, "port");
          const end = textAt(port, "endPort") ?? from;
          return from === undefined || (Number(from) <= called.port && called.port <= Number(end));
        });
      const peers = listAt(rule, "from");
      if (!portOk || peers.length === 0) return portOk;
      // A load balancer comes from several subnets, and each may be a peer of its own.
      return caller.kind === "network"
        ? caller.cidrs.every((cidr) => peers.some((peer) => covers(textAt(peer, "ipBlock", "cidr") ?? "", cidr)))
        : peers.some((peer) => this.isPeer(peer, namespace, caller));
    });
  }

  private isPeer(peer: unknown, policyNamespace: string, caller: Extract<Caller, { readonly kind: "pods" }>): boolean {
    if (isObject(at(peer, "ipBlock"))) return false;
    const namespaces = at(peer, "namespaceSelector");
    const ofNamespace =
      namespaces === undefined
        ? caller.namespace === policyNamespace
        : selects(
            namespaces,
            this.namespaceLabels.get(caller.namespace) ?? { "kubernetes.io/metadata.name": caller.namespace },
          );
    return ofNamespace && selects(at(peer, "podSelector"), caller.labels);
  }
}

/** Whether a selector takes these labels; an empty one takes all. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const matching = Object.entries(mapAt(selector, "matchLabels")).every(([key, value]) => labels[key] === value);
  return matching && listAt(selector, "matchExpressions").every((expression) => holds(expression, labels));
}

function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(expression, "key") ?? ""];
  const values = listAt(expression, "values");
  switch (textAt(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a rule of a policy lets in pods of every namespace: it names nobody, or selects namespaces by nothing. */
export function admitsEveryNamespace({ spec }: KubernetesObject): boolean {
  return listAt(spec, "ingress").some((rule) => {
    const peers = listAt(rule, "from");
    return (
      peers.length === 0 ||
      peers.some((peer) => {
        const namespaces = at(peer, "namespaceSelector");
        const pods = objectOf(at(peer, "podSelector"));
        return (
          (isObject(namespaces) && selects(namespaces, {}) && isEmptySelector(namespaces) && isEmptySelector(pods)) ||
          ["0.0.0.0/0", "::/0"].includes(textAt(peer, "ipBlock", "cidr") ?? "")
        );
      })
    );
  });
}

function isEmptySelector(selector: unknown): boolean {
  return Object.keys(mapAt(selector, "matchLabels")).length === 0 && listAt(selector, "matchExpressions").length === 0;
}
