import { placeOf } from "../terraform-json/environment-json";
import { at, listAt, textAt, textsAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { controllerFinding } from "./alb";
import { askedByMatch, saysAsked } from "./asked";
import { toService } from "./backend";
import { frontOf, type MadeBalancer } from "./balancer";
import type { Landscape } from "./landscape";
import { latticeWay } from "./lattice";
import { makeWay } from "./make-way";
import { selects } from "./network-policies";
import { recordHops } from "./records";
import type { Finding, Hop, Listening, Way } from "./way";

const routeKinds = ["HTTPRoute", "GRPCRoute", "TCPRoute", "UDPRoute", "TLSRoute"];

/** Ways through Gateways: one for each parent and rule of a route that leads to a Service. */
export function gatewayWays(landscape: Landscape): readonly Way[] {
  return routeKinds
    .flatMap((kind) => landscape.ofKind(kind))
    .flatMap((route) =>
      listAt(route.spec, "parentRefs").flatMap((parent) =>
        listAt(route.spec, "rules").flatMap((rule, index) =>
          listAt(rule, "backendRefs").map((backend, target) =>
            way(landscape, { route, parent, rule, index, backend, target }),
          ),
        ),
      ),
    );
}

interface Leg {
  readonly route: KubernetesObject;
  readonly parent: unknown;
  readonly rule: unknown;
  readonly index: number;
  readonly backend: unknown;
  readonly target: number;
}

function way(landscape: Landscape, leg: Leg): Way {
  const { route, parent } = leg;
  const namespace = textAt(parent, "namespace") ?? route.namespace;
  const gateway = landscape.object("Gateway", namespace, textAt(parent, "name") ?? "");
  const section = textAt(parent, "sectionName");
  const listeners = listAt(gateway?.spec, "listeners").filter(
    (listener) => section === undefined || textAt(listener, "name") === section,
  );
  const name = `${route.namespace}/${route.name}`;
  const findings: Finding[] = [];
  if (gateway === undefined || listeners.length === 0) {
    findings.push({
      hole: "no-gateway",
      says: `${route.kind} ${name} attaches to ${gateway === undefined ? "the Gateway" : `the listener ${section} of the Gateway`} ${namespace}/${textAt(parent, "name")}, which is not there.`,
      place: placeOf(route.block),
    });
  } else if (!listeners.some((listener) => admits(landscape, listener, gateway, route.namespace))) {
    findings.push({
      hole: "namespace-not-admitted",
      says: `The Gateway ${namespace}/${gateway.name} takes no routes of the namespace ${route.namespace}, where ${route.kind} ${name} is.`,
      place: placeOf(gateway.block),
    });
  }
  const className = textAt(gateway?.spec, "gatewayClassName");
  const gatewayClass = landscape.ofKind("GatewayClass").find(({ name: own }) => own === className);
  const controller = textAt(gatewayClass?.spec, "controllerName");
  if (gateway !== undefined && controller === undefined) {
    findings.push({
      hole: "no-controller",
      says: `The class ${className} of the Gateway ${namespace}/${gateway.name} is not there.`,
      place: placeOf(gateway.block),
    });
  }
  const hops = {
    rule: ruleHop(leg),
    id: `${route.namespace}/${route.name}/${leg.index}${leg.target === 0 ? "" : `#${leg.target}`}`,
  };
  if (controller?.startsWith("application-networking.k8s.aws/") === true && gateway !== undefined) {
    return latticeWay(landscape, { route, gateway, listeners, backend: leg.backend, findings, ...hops });
  }
  return balancerWay(landscape, leg, { gateway, listeners, controller, findings, ...hops });
}

function balancerWay(
  landscape: Landscape,
  { route, backend }: Leg,
  made: {
    readonly gateway: KubernetesObject | undefined;
    readonly listeners: readonly unknown[];
    readonly controller: string | undefined;
    readonly findings: readonly Finding[];
    readonly rule: Hop;
    readonly id: string;
  },
): Way {
  const { gateway, listeners, controller } = made;
  const configuration = configurationOf(landscape, gateway);
  const listening = [
    ...listeners.map((listener) => listeningOf(landscape, listener, configuration)),
    ...(gateway === undefined ? [] : redirects(landscape, gateway, listeners)),
  ].sort((one, other) => one.port - other.port);
  const balancer: MadeBalancer = {
    title: controller?.endsWith("/nlb") === true ? "NLB" : "ALB",
    internetFacing: textAt(configuration?.spec, "scheme") === "internet-facing",
    listening,
    cidrs: textsAt(configuration?.spec, "sourceRanges"),
    prefixLists: textsAt(configuration?.spec, "securityGroupPrefixes"),
    groups: textsAt(configuration?.spec, "securityGroups").map((group) =>
      landscape.references.identity(configuration?.block.stack ?? "apps", group),
    ),
    opensBackend: textAt(configuration?.spec, "manageBackendSecurityGroupRules") === "true",
    object: gateway ?? route,
  };
  const front = frontOf(landscape, balancer);
  const hosts = textsAt(route.spec, "hostnames");
  const acl = textAt(configuration?.spec, "wafV2", "webACL");
  return makeWay({
    id: `gateway/${made.id}`,
    kind: "gateway",
    declaredAs: landscape.declared.filter((key) => key.endsWith(`/gateway/${route.name}`)),
    front: gateway === undefined ? { from: [], hops: [], findings: [] } : front,
    listening,
    authentication: authentication(configuration),
    waf: acl === undefined ? undefined : landscape.references.identity(configuration?.block.stack ?? "apps", acl),
    knows: { authentication: true, waf: balancer.title === "ALB" },
    before: recordHops(landscape, hosts[0], [], { ...gateway?.annotations, ...route.annotations }),
    middle: [made.rule, { stop: "target-group", says: "pods, by address", passages: [] }],
    backend: toService(
      landscape,
      {
        namespace: textAt(backend, "namespace") ?? route.namespace,
        name: textAt(backend, "name") ?? "",
        port: textAt(backend, "port"),
      },
      front.caller,
      front.intoPods,
    ),
    findings: [...made.findings, ...(gateway === undefined ? [] : controllerFinding(landscape, gateway))],
  });
}

function configurationOf(landscape: Landscape, gateway: KubernetesObject | undefined): KubernetesObject | undefined {
  const name = textAt(gateway?.spec, "infrastructure", "parametersRef", "name");
  return name === undefined ? undefined : landscape.object("LoadBalancerConfiguration", gateway?.namespace ?? "", name);
}

function listeningOf(landscape: Landscape, listener: unknown, configuration: KubernetesObject | undefined): Listening {
  const protocol = textAt(listener, "protocol") ?? "HTTP";
  const port = Number(textAt(listener, "port"));
  const own = listAt(configuration?.spec, "listenerConfigurations").find(
    (one) => textAt(one, "protocolPort") === `${protocol}:${port}`,
  );
  const tls = protocol === "HTTPS" || protocol === "TLS";
  const policy = textAt(own, "sslPolicy");
  const certificate = textAt(own, "defaultCertificate");
  return {
    port,
    tls,
    ...(policy === undefined ? {} : { policy }),
    ...(certificate === undefined
      ? {}
      : { certificate: landscape.references.identity(configuration?.block.stack ?? "apps", certificate) }),
  };
}

/** Other listeners of the Gateway, which send everything on. */
function redirects(landscape: Landscape, gateway: KubernetesObject, taken: readonly unknown[]): readonly Listening[] {
  return listAt(gateway.spec, "listeners")
    .filter((listener) => !taken.includes(listener))
    .flatMap((listener) => {
      const redirect = landscape
        .ofKind("HTTPRoute")
        .some(
          ({ spec }) =>
            listAt(spec, "parentRefs").some(
              (parent) =>
                textAt(parent, "name") === gateway.name && textAt(parent, "sectionName") === textAt(listener, "name"),
            ) &&
            listAt(spec, "rules").some((rule) =>
              listAt(rule, "filters").some((filter) => textAt(filter, "requestRedirect", "scheme") === "https"),
            ),
        );
      return redirect ? [{ port: Number(textAt(listener, "port")), tls: false, redirectsTo: 443 }] : [];
    });
}

/** Whether a listener takes routes of a namespace. */
function admits(landscape: Landscape, listener: unknown, gateway: KubernetesObject, namespace: string): boolean {
  const from = textAt(listener, "allowedRoutes", "namespaces", "from") ?? "Same";
  if (from === "All") return true;
  if (from === "Same") return gateway.namespace === namespace;
  const labels = landscape.object("Namespace", "", namespace)?.labels ?? {};
  return selects(at(listener, "allowedRoutes", "namespaces", "selector"), {
    ...labels,
    "kubernetes.io/metadata.name": namespace,
  });
}

function authentication(configuration: KubernetesObject | undefined): string | undefined {
  const mutual = listAt(configuration?.spec, "listenerConfigurations").find((one) =>
    ["verify", "passthrough"].includes(textAt(one, "mutualAuthentication", "mode") ?? ""),
  );
  return mutual === undefined ? undefined : `client certificates (${textAt(mutual, "mutualAuthentication", "mode")})`;
}

function ruleHop({ route, rule, backend }: Leg): Hop {
  const matches = listAt(rule, "matches").map(
    (match) => `paths below ${textAt(match, "path", "value") ?? "/"}${saysAsked(askedByMatch(match))}`,
  );
  const hosts = textsAt(route.spec, "hostnames");
  const weight = textAt(backend, "weight");
  return {
    stop: "rule",
    says: [
      `${route.kind} ${route.name}`,
      hosts.length === 0 ? "every host" : `host ${hosts.join(", ")}`,
      ...matches,
      ...(weight === undefined ? [] : [`weight ${weight}`]),
    ].join(", "),
    place: placeOf(route.block),
    passages: [],
  };
}
