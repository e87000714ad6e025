import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CertificateArn } from "../certificates/issued";
import type { DoorContext } from "../door/door";
import { CustomResources } from "../kubernetes/custom-resources";
import type { BalancerSettings } from "../load-balancer/attributes";
import { limitedName, releaseNameLimit } from "../schema/limited-name";
import type { RouteTarget } from "../workloads/route-target";
import { type RoutedWorkloads, routesOfKind } from "../workloads/routes";
import { type Namespaces, namespaceSchema } from "../workloads/schema";
import {
  albListenerName,
  gatewayClass,
  gatewayResource,
  loadBalancerConfiguration,
  redirectToHttps,
  targetGroupConfiguration,
} from "./resources";
import type { GatewayRoute } from "./route-schema";
import type { GatewayOptions, GatewaysOptions } from "./schema";

/** What gateways are made from. */
export interface DeclaredGateways {
  readonly gateways: GatewaysOptions;
  readonly workloads: RoutedWorkloads;
}

/** A gateway that routes attach to. */
export interface MadeGateway {
  readonly options: GatewayOptions;
  /** What a route waits for. */
  readonly ready: ITerraformDependable;
}

/** Namespaces of gateways, beside those that the environment declares itself. */
export function gatewayNamespaces({ gateways }: Pick<DeclaredGateways, "gateways">): Namespaces {
  return Object.fromEntries(Object.values(gateways).map(({ namespace }) => [namespace, namespaceSchema.parse({})]));
}

/** Namespaces of the workloads that have routes through a gateway. */
function namespacesOf(gateway: string, { workloads }: DeclaredGateways): readonly string[] {
  const using = routesOfKind<GatewayRoute>(workloads, "gateway").filter(({ route }) => route.gateway === gateway);
  return [...new Set(using.map(({ owner }) => owner.namespace))].sort();
}

/** What gateways ask of the identity stack. */
export interface GatewayTrust {
  readonly certificateArn: CertificateArn;
  readonly trustStoreArn: (name: string) => string;
  readonly balancers: BalancerSettings;
  readonly webAclArn: DoorContext["webAclArn"];
}

/** A gateway whose certificates and trust store are all there by ARN. */
function withArns(options: GatewayOptions, { certificateArn, trustStoreArn, webAclArn }: GatewayTrust): GatewayOptions {
  if (options.kind === "nlb") {
    return {
      ...options,
      listeners: options.listeners.map((listener) =>
        listener.kind === "tcp" ? listener : { ...listener, certificateArn: certificateArn(listener) },
      ),
    };
  }
  const named = options.certificates.flatMap((certificate) => certificateArn({ certificate }) ?? []);
  const { clientCertificates } = options;
  return {
    ...options,
    certificateArns: [...named, ...options.certificateArns],
    webAclArn: webAclArn(options),
    clientCertificates: clientCertificates === undefined ? undefined : trustStoreArn(clientCertificates),
  };
}

/** Load balancers of the Gateway API: the classes first, then each Gateway, then what routes need of the Services. */
export class Gateways extends Construct {
  private readonly made = new Map<string, MadeGateway>();
  private readonly targets = new Map<string, ITerraformDependable>();

  constructor(
    scope: Construct,
    id: string,
    environment: DeclaredGateways,
    context: Pick<DoorContext, "namespace" | "network"> & GatewayTrust,
  ) {
    super(scope, id);
    const all = Object.entries(environment.gateways);
    const kinds = [...new Set(all.map(([, { kind }]) => kind))].sort();
    if (kinds.length === 0) return;
    const classes = new CustomResources(this, "shared_classes", {
      releaseName: "gateway-classes",
      namespace: "kube-system",
      manifests: kinds.map(gatewayClass),
    });
    for (const [name, declared] of all) {
      const options = withArns(declared, context);
      const redirect = options.kind === "alb" && albListenerName(options) === "https";
      const { ready } = new CustomResources(this, name, {
        releaseName: limitedName(releaseNameLimit, "gateway", name),
        namespace: options.namespace,
        manifests: [
          loadBalancerConfiguration(name, options, context),
          gatewayResource(name, options, namespacesOf(name, environment)),
          ...(redirect ? [redirectToHttps(name, options.namespace)] : []),
        ],
        dependsOn: [classes.ready, ...context.namespace(options.namespace)],
      });
      this.made.set(name, { options, ready });
    }
  }

  of(name: string): MadeGateway {
    const gateway = this.made.get(name);
    if (gateway === undefined) throw new Error(`no gateway ${name}`);
    return gateway;
  }

  /** Makes what the load balancers need to know of a Service, once for all routes to it. */
  targetsOf(target: RouteTarget): ITerraformDependable {
    const { namespace, service } = target;
    const id = `targets_${namespace}_${service.name}`;
    const targets =
      this.targets.get(id) ??
      new CustomResources(this, id, {
        releaseName: limitedName(releaseNameLimit, "targets", service.name),
        namespace,
        manifests: [targetGroupConfiguration(target)],
        dependsOn: [target.ready],
      }).ready;
    this.targets.set(id, targets);
    return targets;
  }
}
