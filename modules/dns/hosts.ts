import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { DataAwsLbHostedZoneId } from "@cdktf/provider-aws/lib/data-aws-lb-hosted-zone-id";
import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { RecordChoice } from "./record";

/** What an alias record points at. */
export interface AliasTarget {
  readonly dnsName: string;
  /** Zone of the target's own name, not of the host. */
  readonly zoneId: string;
  /** Whether it is CloudFront's: that has IPv6, and no health that Route 53 could ask for. Default: false. */
  readonly cloudFront?: boolean;
}

/** A load balancer that stands by the time it is looked up. */
export interface FoundBalancer extends AliasTarget {
  readonly arn: string;
}

/** What lets several records of one name and type stand beside each other. */
function sharing(
  among: Extract<RecordChoice, { readonly kind: "route53" }>["among"],
  setIdentifier: string,
): Partial<Route53RecordConfig> {
  if (among === undefined) return {};
  switch (among.kind) {
    case "weighted":
      return { setIdentifier, weightedRoutingPolicy: { weight: among.weight } };
    case "failover":
      return {
        setIdentifier,
        failoverRoutingPolicy: { type: among.role === "primary" ? "PRIMARY" : "SECONDARY" },
      };
    default:
      return assertNever("sharing of a host", among);
  }
}

/** `*` becomes `any`, so a host that is called `any` gets a sign that no other host has. */
export function hostId(host: string): string {
  return host.startsWith("*") ? host.replace("*", "any") : host.replace(/^any(?=\.)/, "_any");
}

interface NamedObject {
  readonly namespace: string;
  readonly name: string;
}

export interface HostsProps {
  /** Name of the environment, which tells its records from those of others for the same host. */
  readonly environmentName: string;
  /** Name of the cluster, by which the load balancer controller tags what it makes. */
  readonly clusterName: string;
  /** Id of the Route 53 zone of a domain name. */
  readonly zoneId: (zone: string) => string;
}

/** Records of the hosts that routes answer for, and the load balancers that these lead to; each is made or read once. */
export class Hosts extends Construct {
  private readonly recorded = new Set<string>();
  private readonly balancers = new Map<string, FoundBalancer>();
  private zoneOfApplicationLoadBalancers: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HostsProps,
  ) {
    super(scope, id);
  }

  /** Makes the record of a host, where Terraform is who makes it. Routes that share a host share its record. */
  record(host: string, choice: RecordChoice, target: () => AliasTarget): void {
    if (choice.kind !== "route53" || this.recorded.has(host)) return;
    this.recorded.add(host);
    const { dnsName, zoneId, cloudFront = false } = target();
    const id = hostId(host);
    for (const type of cloudFront ? ["A", "AAAA"] : ["A"]) {
      new Route53Record(this, type === "A" ? id : `${id}_${type}`, {
        zoneId: this.props.zoneId(choice.zone),
        name: host,
        type,
        alias: { name: dnsName, zoneId, evaluateTargetHealth: !cloudFront },
        ...sharing(choice.among, this.props.environmentName),
      });
    }
  }

  /**
   * NLB that the load balancer controller made from a Service of an earlier stack.
   * Source: tags in the controller's package `pkg/deploy/tracking`.
   *
   * @param after an object of the route. Terraform looks the load balancer up once that is there, so that a plan before
   *   anything exists does not fail for want of it.
   */
  balancerOfService(service: NamedObject, after: ITerraformDependable): FoundBalancer {
    return this.balancer("service", `${service.namespace}_${service.name}`, service, after);
  }

  /** ALB that the load balancer controller made from an Ingress that shares it with no other; `after` is the Ingress. */
  balancerOfIngress(ingress: NamedObject, after: ITerraformDependable): FoundBalancer {
    return this.balancer("ingress", `ingress_${ingress.namespace}_${ingress.name}`, ingress, after);
  }

  private balancer(
    madeFrom: "service" | "ingress",
    id: string,
    { namespace, name }: NamedObject,
    after: ITerraformDependable,
  ): FoundBalancer {
    const known = this.balancers.get(id);
    if (known !== undefined) return known;
    const { arn, dnsName, zoneId } = new DataAwsLb(this, id, {
      tags: { "elbv2.k8s.aws/cluster": this.props.clusterName, [`${madeFrom}.k8s.aws/stack`]: `${namespace}/${name}` },
      dependsOn: [after],
    });
    const found = { arn, dnsName, zoneId };
    this.balancers.set(id, found);
    return found;
  }

  /** An ALB by its name, which alone the Ingress tells; the zone is one for all ALBs of a region. */
  applicationLoadBalancer(dnsName: string): AliasTarget {
    this.zoneOfApplicationLoadBalancers ??= new DataAwsLbHostedZoneId(this, "application-load-balancers", {
      loadBalancerType: "application",
    }).id;
    return { dnsName, zoneId: this.zoneOfApplicationLoadBalancers };
  }
}
