import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { TargetGroupBinding } from "../../.gen/elbv2.k8s.aws/v1beta1/target-group-binding";
import { CustomResources } from "../kubernetes/custom-resources";
import type { BalancerSettings } from "../load-balancer/attributes";
import { balancerNameLimit, limitedName, releaseNameLimit } from "../schema/limited-name";
import { backendName } from "./plan";

/** The network that an API's load balancer stands in. */
export interface ApiNetwork {
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Private subnets, in two zones or more. */
  readonly privateSubnetIds: string[];
}

/** Pods behind one listener. */
export interface Backend {
  /** What stands there, such as the workload's name; a part of names. */
  readonly name: string;
  readonly listenerPort: number;
  readonly namespace: string;
  readonly service: { readonly name: string; readonly port: number };
  readonly containerPort: number;
  /** Seconds that a pod goes on serving once it is to end. */
  readonly drainSeconds: number;
  /** Service that must be there first. */
  readonly ready: ITerraformDependable;
}

export interface ApiLoadBalancerProps {
  /** What every load balancer of the environment has. It sees no TLS, of which alone an NLB keeps logs. */
  readonly balancers: Pick<BalancerSettings, "deletionProtection">;
  readonly environment: string;
  /** Name of the API. */
  readonly api: string;
  readonly network: ApiNetwork;
  readonly backends: readonly Backend[];
  /**
   * Who may connect. `private-link`: a VPC link V1 and nobody in the VPC. `security-group`: the network interfaces of a
   * VPC link V2.
   */
  readonly callers: { readonly kind: "private-link" } | { readonly kind: "security-group"; readonly id: string };
}

/** What a listener is reached by. */
export interface Listener {
  readonly port: number;
  readonly arn: string;
}

/**
 * Internal NLB of an API: a TCP listener and a target group for each backend, and a TargetGroupBinding that fills the
 * group with pods. Terraform owns all of it, so that destroying the API leaves nothing behind.
 */
export class ApiLoadBalancer extends Construct {
  readonly arn: string;
  readonly dnsName: string;
  private readonly listeners: ReadonlyMap<number, Listener>;
  private readonly securityGroup: SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiLoadBalancerProps,
  ) {
    super(scope, id);
    const { environment, api, network, backends, callers } = props;
    this.securityGroup = new SecurityGroup(this, "security-group", {
      name: `${environment}-${api}-load-balancer`,
      description: `Load balancer of API ${api}`,
      vpcId: network.vpcId,
      tags: { Name: `${environment}-${api}-load-balancer` },
    });
    const balancer = new Lb(this, "Resource", {
      name: limitedName(balancerNameLimit, environment, api),
      loadBalancerType: "network",
      internal: true,
      ipAddressType: "ipv4",
      subnets: network.privateSubnetIds,
      securityGroups: [this.securityGroup.id],
      // PrivateLink would be dropped otherwise: the group has no rule that lets anybody in.
      ...(callers.kind === "private-link" ? { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" } : {}),
      // Pods need not be in every zone that callers come in by.
      enableCrossZoneLoadBalancing: true,
      ...(props.balancers.deletionProtection ? { enableDeletionProtection: true } : {}),
      tags: { Name: `${environment}-${api}` },
    });
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.listeners = new Map(backends.map((backend) => [backend.listenerPort, this.listener(balancer, backend)]));
    for (const port of new Set(backends.map(({ containerPort }) => containerPort))) {
      new VpcSecurityGroupEgressRule(this, `to-pods_${port}`, {
        securityGroupId: this.securityGroup.id,
        description: "Pods, and their health checks",
        cidrIpv4: network.vpcCidr,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
  }

  /** The listener on a port. */
  at(port: number): Listener {
    const listener = this.listeners.get(port);
    if (listener === undefined) throw new Error(`${this.node.path} has no listener on port ${port}`);
    return listener;
  }

  private listener(balancer: Lb, backend: Backend): Listener {
    const { callers, network } = this.props;
    const port = backend.listenerPort;
    if (callers.kind === "security-group") {
      new VpcSecurityGroupIngressRule(this, `from-vpc-link_${port}`, {
        securityGroupId: this.securityGroup.id,
        description: "VPC link",
        referencedSecurityGroupId: callers.id,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
    const name = backendName(this.props.api, backend.name, backend.containerPort);
    // The name changes with the port, so that a new group can stand beside the old one until the listener has moved.
    const targets = new LbTargetGroup(this, `targets_${port}`, {
      name: limitedName(balancerNameLimit, this.props.environment, ...name),
      targetType: "ip",
      protocol: "TCP",
      port: backend.containerPort,
      vpcId: network.vpcId,
      // Pods then see the load balancer's address, which is what their security group lets in.
      preserveClientIp: "false",
      deregistrationDelay: String(backend.drainSeconds),
      healthCheck: {
        protocol: "TCP",
        port: "traffic-port",
        interval: 30,
        timeout: 10,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    const listener = new LbListener(this, `listener_${port}`, {
      loadBalancerArn: balancer.arn,
      protocol: "TCP",
      port,
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });
    this.bind(targets, backend, name);
    return { port, arn: listener.arn };
  }

  private bind(targets: LbTargetGroup, backend: Backend, name: readonly string[]): void {
    const binding: TargetGroupBinding = {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      // A binding's target group cannot change, so another group is another binding.
      metadata: { name: name.join("-"), namespace: backend.namespace },
      spec: {
        targetGroupARN: targets.arn,
        targetType: "ip",
        serviceRef: { name: backend.service.name, port: backend.service.port },
        // The controller opens the pods' security group to the load balancer, and closes it with the binding.
        networking: {
          ingress: [
            {
              from: [{ securityGroup: { groupID: this.securityGroup.id } }],
              ports: [{ protocol: "TCP", port: backend.containerPort }],
            },
          ],
        },
      },
    };
    new CustomResources(this, `binding_${backend.listenerPort}`, {
      releaseName: limitedName(releaseNameLimit, "binding", ...name),
      namespace: backend.namespace,
      manifests: [binding],
      dependsOn: [backend.ready],
    });
  }
}
