import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { ClusterOptions } from "./schema";

type EndpointClient = ClusterOptions["endpoint"]["clients"][number];

export interface EndpointClientsProps {
  /** Security group of the control plane's interfaces. */
  readonly securityGroupId: string;
  readonly clients: readonly EndpointClient[];
}

/**
 * Lets callers outside the cluster reach the private endpoint of its API server.
 * Source: EKS user guide, "Cluster API server endpoint": the control plane's security group needs a rule for port 443.
 */
export class EndpointClients extends Construct {
  constructor(scope: Construct, id: string, { securityGroupId, clients }: EndpointClientsProps) {
    super(scope, id);
    for (const client of clients) {
      const { name, called, source } = sourceOf(client);
      new VpcSecurityGroupIngressRule(this, name, {
        securityGroupId,
        description: `API server, for ${called}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...source,
      });
    }
  }
}

interface Source {
  /** The client's own address or id, so that the order of the list moves no rule. */
  readonly name: string;
  readonly called: string;
  readonly source:
    | { readonly cidrIpv4: string }
    | { readonly referencedSecurityGroupId: string }
    | { readonly prefixListId: string };
}

function sourceOf(client: EndpointClient): Source {
  switch (client.kind) {
    case "network":
      return { name: client.cidr.replaceAll(/[./]/g, "-"), called: client.cidr, source: { cidrIpv4: client.cidr } };
    case "security-group":
      return { name: client.id, called: client.id, source: { referencedSecurityGroupId: client.id } };
    case "prefix-list":
      return { name: client.id, called: client.id, source: { prefixListId: client.id } };
    default:
      return assertNever("client of the API server", client);
  }
}
