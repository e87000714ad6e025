import type { LoadBalancerConfiguration } from "../../.gen/gateway.k8s.aws/v1/load-balancer-configuration";
import type { TargetGroupConfiguration } from "../../.gen/gateway.k8s.aws/v1/target-group-configuration";
import type { Gateway } from "../../.gen/gateway.networking.k8s.io/v1/gateway";
import type { GatewayClass } from "../../.gen/gateway.networking.k8s.io/v1/gateway-class";
import type { HTTPRoute } from "../../.gen/gateway.networking.k8s.io/v1/http-route";
import { hstsHeader } from "../certificates/hsts";
import {
  type BalancerAttributes,
  type BalancerSettings,
  balancerAttributes,
  hstsAttribute,
} from "../load-balancer/attributes";
import { deregistrationDelay } from "../load-balancer/drain";
import { type BalancerNetwork, subnetsOf } from "../load-balancer/subnets";
import { assertNever } from "../schema/assert-never";
import type { RouteTarget } from "../workloads/route-target";
import type { AlbGateway, GatewayOptions, NlbListener } from "./schema";

type Listener = Gateway["spec"]["listeners"][number];
type AllowedRoutes = NonNullable<Listener["allowedRoutes"]>;
type ListenerConfiguration = NonNullable<
  NonNullable<LoadBalancerConfiguration["spec"]>["listenerConfigurations"]
>[number];

const className = { alb: "aws-alb", nlb: "aws-nlb" } as const satisfies Record<GatewayOptions["kind"], string>;

/** What makes the load balancer controller serve Gateways of a kind. */
export function gatewayClass(kind: GatewayOptions["kind"]): GatewayClass {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: className[kind] },
    spec: { controllerName: `gateway.k8s.aws/${kind}` },
  };
}

/** Name of the listener that a route attaches to. */
export function albListenerName({ certificateArns }: AlbGateway): "http" | "https" {
  return certificateArns.length === 0 ? "http" : "https";
}

/** The same of an NLB. */
export function nlbListenerName({ kind, port }: NlbListener): string {
  return `${kind}-${port}`;
}

/** Whom a listener takes routes from: the namespaces that have one, and no others. */
function allowedRoutes(kind: "HTTPRoute" | "TCPRoute", namespaces: readonly string[]): AllowedRoutes {
  const matchExpressions = [{ key: "kubernetes.io/metadata.name", operator: "In", values: namespaces }];
  return {
    kinds: [{ kind }],
    namespaces: namespaces.length === 0 ? { from: "Same" } : { from: "Selector", selector: { matchExpressions } },
  };
}

function listeners(options: GatewayOptions, namespaces: readonly string[]): readonly Listener[] {
  switch (options.kind) {
    case "alb": {
      const open = allowedRoutes("HTTPRoute", namespaces);
      if (albListenerName(options) === "http")
        return [{ name: "http", protocol: "HTTP", port: 80, allowedRoutes: open }];
      return [
        // For the redirect alone.
        { name: "http", protocol: "HTTP", port: 80, allowedRoutes: allowedRoutes("HTTPRoute", []) },
        { name: "https", protocol: "HTTPS", port: 443, allowedRoutes: open },
      ];
    }
    case "nlb":
      return options.listeners.map((listener) => ({
        name: nlbListenerName(listener),
        port: listener.port,
        ...(listener.kind === "tcp"
          ? { protocol: "TCP" }
          : // The API server asks for a certificate or an option; the certificate is the load balancer's.
            { protocol: "TLS", tls: { mode: "Terminate", options: { "gateway.k8s.aws/certificate": "acm" } } }),
        allowedRoutes: allowedRoutes("TCPRoute", namespaces),
      }));
    default:
      return assertNever("gateway", options);
  }
}

/** A load balancer. @param namespaces those that have routes through it. */
export function gatewayResource(name: string, options: GatewayOptions, namespaces: readonly string[]): Gateway {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: options.namespace },
    spec: {
      gatewayClassName: className[options.kind],
      infrastructure: { parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name } },
      listeners: listeners(options, namespaces),
    },
  };
}

function listenerConfigurations(options: GatewayOptions): readonly ListenerConfiguration[] {
  switch (options.kind) {
    case "alb": {
      const [defaultCertificate, ...certificates] = options.certificateArns;
      if (defaultCertificate === undefined) return [];
      return [
        {
          protocolPort: "HTTPS:443",
          defaultCertificate,
          ...(certificates.length === 0 ? {} : { certificates }),
          sslPolicy: options.sslPolicy,
          ...(options.clientCertificates === undefined
            ? {}
            : { mutualAuthentication: { mode: "verify", trustStore: options.clientCertificates } }),
          ...(options.hsts === undefined
            ? {}
            : { listenerAttributes: [{ key: hstsAttribute, value: hstsHeader(options.hsts) }] }),
        },
      ];
    }
    case "nlb":
      return options.listeners.flatMap((listener) =>
        listener.kind === "tcp"
          ? []
          : [
              {
                protocolPort: `TLS:${listener.port}`,
                ...(listener.certificateArn === undefined ? {} : { defaultCertificate: listener.certificateArn }),
                sslPolicy: listener.sslPolicy,
              },
            ],
      );
    default:
      return assertNever("gateway", options);
  }
}

/** What the Gateway API has no words for: scheme, subnets, certificates of ACM, networks. */
export function loadBalancerConfiguration(
  name: string,
  options: GatewayOptions,
  { balancers, network }: { readonly balancers: BalancerSettings; readonly network: BalancerNetwork },
): LoadBalancerConfiguration {
  const attributes: BalancerAttributes =
    options.kind === "alb"
      ? {
          // Keeps headers that no HTTP client sends from reaching the pods.
          "routing.http.drop_invalid_header_fields.enabled": "true",
          ...balancerAttributes("application", balancers),
        }
      : balancerAttributes("network", balancers);
  const configurations = listenerConfigurations(options);
  return {
    apiVersion: "gateway.k8s.aws/v1",
    kind: "LoadBalancerConfiguration",
    metadata: { name, namespace: options.namespace },
    spec: {
      scheme: options.exposure,
      loadBalancerSubnets: subnetsOf(options.exposure, network).map((identifier) => ({ identifier })),
      ...(configurations.length === 0 ? {} : { listenerConfigurations: configurations }),
      ...(options.inboundCidrs.length === 0 ? {} : { sourceRanges: options.inboundCidrs }),
      ...(options.inboundLists.length === 0 ? {} : { securityGroupPrefixes: options.inboundLists }),
      ...(Object.keys(attributes).length === 0
        ? {}
        : { loadBalancerAttributes: Object.entries(attributes).map(([key, value]) => ({ key, value })) }),
      ...(options.kind === "alb" && balancers.shieldAdvanced === true
        ? { shieldConfiguration: { enabled: true } }
        : {}),
      ...(options.kind === "alb" && options.webAclArn !== undefined ? { wafV2: { webACL: options.webAclArn } } : {}),
    },
  };
}

/** Sends every request that comes by HTTP on to HTTPS. */
export function redirectToHttps(gateway: string, namespace: string): HTTPRoute {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: `${gateway}-https`, namespace },
    spec: {
      parentRefs: [{ name: gateway, sectionName: "http" }],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
    },
  };
}

/** How the pods of a Service are targets, of whichever load balancer: by address, checked as their readiness probe does. */
export function targetGroupConfiguration({
  namespace,
  service,
  containerPort,
  drainSeconds,
  healthCheck,
}: RouteTarget): TargetGroupConfiguration {
  return {
    apiVersion: "gateway.k8s.aws/v1",
    kind: "TargetGroupConfiguration",
    metadata: { name: service.name, namespace },
    spec: {
      targetReference: { group: "", kind: "Service", name: service.name },
      defaultConfiguration: {
        targetType: "ip",
        targetGroupAttributes: [{ key: deregistrationDelay, value: String(drainSeconds) }],
        ...(healthCheck === undefined
          ? {}
          : {
              healthCheckConfig: {
                healthCheckProtocol: "HTTP",
                healthCheckPath: healthCheck.path,
                ...(healthCheck.port === containerPort ? {} : { healthCheckPort: String(healthCheck.port) }),
              },
            }),
      },
    },
  };
}
