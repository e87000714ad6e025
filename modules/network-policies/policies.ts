import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Allowed, nameServers, type PodConnections } from "./connections";

export interface NetworkPoliciesProps {
  /** What pods may do; everything else in their namespaces is closed. */
  readonly connections: readonly PodConnections[];
  /** What an object in a namespace waits for. */
  readonly namespace: (name: string) => readonly ITerraformDependable[];
}

/** Without ports every one is meant. */
function portsOf({ ports }: Allowed) {
  if (ports.length === 0) return {};
  return { ports: ports.map(({ port, protocol = "TCP" }) => ({ port: String(port), protocol })) };
}

/** Policies of the namespaces of workloads: closed as a whole, DNS for everybody, and what each kind of pod needs. */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps) {
    super(scope, id);
    const namespaces = new Set(props.connections.map(({ namespace }) => namespace));
    for (const namespace of [...namespaces].sort()) this.close(namespace, props.namespace(namespace));
    for (const one of props.connections) this.open(one, props.namespace(one.namespace));
  }

  private close(namespace: string, dependsOn: readonly ITerraformDependable[]): void {
    new NetworkPolicyV1(this, `${namespace}_closed`, {
      metadata: { name: "closed", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        egress: [{ to: [...nameServers.peers], ...portsOf(nameServers) }],
      },
      dependsOn: [...dependsOn],
    });
  }

  private open(
    { name, namespace, selector, ingress, egress }: PodConnections,
    dependsOn: readonly ITerraformDependable[],
  ): void {
    const policyTypes = [...(ingress.length === 0 ? [] : ["Ingress"]), ...(egress.length === 0 ? [] : ["Egress"])];
    if (policyTypes.length === 0) return;
    new NetworkPolicyV1(this, `${namespace}_${name}`, {
      metadata: { name, namespace },
      spec: {
        podSelector: { matchLabels: { ...selector } },
        policyTypes,
        ...(ingress.length === 0 ? {} : { ingress: ingress.map((one) => ({ from: [...one.peers], ...portsOf(one) })) }),
        ...(egress.length === 0 ? {} : { egress: egress.map((one) => ({ to: [...one.peers], ...portsOf(one) })) }),
      },
      dependsOn: [...dependsOn],
    });
  }
}
