import { z } from "zod";
import { type Labels, labelSelector, selects } from "./selectors";

const port = z.looseObject({
  protocol: z.string().default("TCP"),
  port: z.union([z.number(), z.string()]).optional(),
  endPort: z.number().optional(),
});
const peer = z.looseObject({
  podSelector: labelSelector.optional(),
  namespaceSelector: labelSelector.optional(),
  ipBlock: z.looseObject({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
});

export const networkPolicy = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({
    podSelector: labelSelector.prefault({}),
    policyTypes: z.array(z.enum(["Ingress", "Egress"])).default(["Ingress"]),
    ingress: z.array(z.looseObject({ from: z.array(peer).default([]), ports: z.array(port).default([]) })).default([]),
    egress: z.array(z.looseObject({ to: z.array(peer).default([]), ports: z.array(port).default([]) })).default([]),
  }),
});

export type NetworkPolicy = z.infer<typeof networkPolicy>;

export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly address: string;
  /** Numbers of its ports by their names. */
  readonly ports: Readonly<Record<string, number>>;
}

export interface PolicyState {
  readonly policies: readonly NetworkPolicy[];
  readonly pods: readonly PolicyPod[];
  readonly namespaces: ReadonlyMap<string, Labels>;
}

/**
 * The rules for `nft` that hold NetworkPolicies at a node's pods; they replace the ones before. A pod that a policy selects
 * gets and sends what some policy allows. What a node itself asks of its pods, as its probes do, passes always.
 */
export function networkPolicyRules(state: PolicyState): string {
  const chains: string[] = [];
  const into: string[] = [];
  const out: string[] = [];
  for (const [index, pod] of state.pods.entries()) {
    const held = state.policies.filter(
      ({ metadata, spec }) => metadata.namespace === pod.namespace && selects(spec.podSelector, pod.labels),
    );
    const ingress = held.filter(({ spec }) => spec.policyTypes.includes("Ingress"));
    const egress = held.filter(({ spec }) => spec.policyTypes.includes("Egress"));
    if (ingress.length > 0) {
      const rules = ingress.flatMap((policy) =>
        policy.spec.ingress.flatMap(({ from, ports }) => allowed(state, policy, "saddr", from, ports, pod)),
      );
      chains.push(chain(`in_${index}`, rules));
      into.push(`${pod.address} : jump in_${index}`);
    }
    if (egress.length > 0) {
      const rules = egress.flatMap((policy) =>
        policy.spec.egress.flatMap(({ to, ports }) => allowed(state, policy, "daddr", to, ports, undefined)),
      );
      chains.push(chain(`out_${index}`, rules));
      out.push(`${pod.address} : jump out_${index}`);
    }
  }
  return [
    "table inet policies",
    "delete table inet policies",
    "table inet policies {",
    ...chains,
    "  chain forward {",
    "    type filter hook forward priority filter - 5;",
    "    ct state established,related accept",
    ...(out.length === 0 ? [] : [`    ip saddr vmap { ${out.join(", ")} }`]),
    ...(into.length === 0 ? [] : [`    ip daddr vmap { ${into.join(", ")} }`]),
    "  }",
    "}",
    "",
  ].join("\n");
}

function chain(name: string, rules: readonly string[]): string {
  return [`  chain ${name} {`, ...[...new Set(rules)].map((rule) => `    ${rule} return`), "    drop", "  }"].join(
    "\n",
  );
}

/** Each combination of a peer and a port; without peers everybody, without ports every port. */
function allowed(
  state: PolicyState,
  policy: NetworkPolicy,
  side: "saddr" | "daddr",
  peers: readonly z.infer<typeof peer>[],
  ports: readonly z.infer<typeof port>[],
  receiver: PolicyPod | undefined,
): readonly string[] {
  const who = peers.length === 0 ? [""] : peers.flatMap((each) => addressesOf(state, policy, side, each));
  const what = ports.length === 0 ? [""] : ports.flatMap((each) => portsOf(state, each, receiver));
  return who.flatMap((address) => what.map((part) => [address, part].filter((text) => text !== "").join(" ")));
}

function addressesOf(
  { pods, namespaces }: PolicyState,
  { metadata }: NetworkPolicy,
  side: "saddr" | "daddr",
  { podSelector, namespaceSelector, ipBlock }: z.infer<typeof peer>,
): readonly string[] {
  if (ipBlock !== undefined) {
    const except = ipBlock.except.length === 0 ? "" : ` ip ${side} != { ${ipBlock.except.join(", ")} }`;
    return [`ip ${side} ${ipBlock.cidr}${except}`];
  }
  const found = pods.filter(
    ({ namespace, labels }) =>
      (namespaceSelector === undefined
        ? namespace === metadata.namespace
        : selects(namespaceSelector, namespaces.get(namespace) ?? {})) &&
      (podSelector === undefined || selects(podSelector, labels)),
  );
  return found.length === 0 ? [] : [`ip ${side} { ${found.map(({ address }) => address).join(", ")} }`];
}

/** A name means the port that each receiver has by it; who sends may ask any pod that has one. */
function portsOf(
  { pods }: PolicyState,
  { protocol, port: asked, endPort }: z.infer<typeof port>,
  receiver: PolicyPod | undefined,
): readonly string[] {
  const kind = protocol.toLowerCase();
  if (asked === undefined) {
    return [`meta l4proto ${kind}`];
  }
  if (typeof asked === "number") {
    return [`${kind} dport ${asked}${endPort === undefined ? "" : `-${endPort}`}`];
  }
  const named = (receiver === undefined ? pods : [receiver]).flatMap(({ ports }) => ports[asked] ?? []);
  return [...new Set(named)].map((number) => `${kind} dport ${number}`);
}
