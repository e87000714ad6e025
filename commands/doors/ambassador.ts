import { placeOf } from "../terraform-json/environment-json";
import { listAt, textAt } from "../terraform-json/json";
import type { KubernetesObject, Release } from "../terraform-json/kubernetes-objects";
import { controllerFinding } from "./alb";
import { askedByMapping, saysAsked } from "./asked";
import { toService } from "./backend";
import { frontOf } from "./balancer";
import type { Landscape } from "./landscape";
import { makeWay } from "./make-way";
import { recordHops } from "./records";
import { type ProxyService, proxyService, serviceBalancer, serviceRecordTarget } from "./services";
import type { Finding, Hop, Listening, Way } from "./way";

export function emissaryServices(landscape: Landscape): readonly ProxyService[] {
  return landscape.releases
    .filter(({ chart }) => chart === "emissary-ingress")
    .map((release) =>
      proxyService(release, ["service"], textAt(release.values, "fullnameOverride") ?? release.name, [80, 443]),
    );
}

/** Admin ports that stand open on every node. */
export function adminPorts(landscape: Landscape): readonly Finding[] {
  return landscape.releases
    .filter(
      ({ chart, values }) => chart === "emissary-ingress" && textAt(values, "adminService", "type") !== "ClusterIP",
    )
    .filter(({ values }) => textAt(values, "adminService", "create") !== "false")
    .map(({ name, values, block }) => ({
      hole: "admin-on-nodes" as const,
      says: `Emissary ${name} has its admin port ${textAt(values, "adminService", "port") ?? "8877"} in a Service of type ${textAt(values, "adminService", "type") ?? "ClusterIP"}.`,
      place: placeOf(block),
    }));
}

/** Ways through Emissary: a Mapping each, through every Emissary that is installed. */
export function ambassadorWays(landscape: Landscape): readonly Way[] {
  const services = emissaryServices(landscape);
  return landscape.ofKind("Mapping").flatMap((mapping) => {
    const target = ambassadorId(mapping);
    const serving = services.filter(({ release }) => {
      const own = textAt(release.values, "env", "AMBASSADOR_ID");
      return target.length === 0 || own === undefined || target.includes(own);
    });
    return serving.length === 0
      ? [unserved(landscape, mapping)]
      : serving.map((service) => way(landscape, mapping, service));
  });
}

function ambassadorId({ spec }: KubernetesObject): readonly string[] {
  return listAt(spec, "ambassador_id").map(String);
}

/** `[scheme://]name[.namespace][:port]`. Source: Emissary's documentation of the Mapping's `service`. */
function serviceOf(mapping: KubernetesObject) {
  const text = (textAt(mapping.spec, "service") ?? "").replace(/^\w+:\/\//, "");
  const [address = "", port = "80"] = text.split(":");
  const [name = "", namespace = mapping.namespace] = address.split(".");
  return { name, namespace, port };
}

function rule({ spec, block }: KubernetesObject): Hop {
  const weight = textAt(spec, "weight");
  return {
    stop: "rule",
    says: `host ${hostOf(spec)}, paths below ${textAt(spec, "prefix") ?? "/"}${saysAsked(askedByMapping(spec))}${weight === undefined ? "" : `, weight ${weight}`}`,
    place: placeOf(block),
    passages: [],
  };
}

const hostOf = (spec: unknown) => textAt(spec, "hostname") ?? "*";

function identity(landscape: Landscape, mapping: KubernetesObject) {
  return {
    kind: "ambassador" as const,
    // A canary's Mapping is beside that of the route, which is declared for both.
    declaredAs: landscape.declared.filter((key) =>
      [mapping.name, mapping.name.replace(/-canary$/, "")].some((name) => key.endsWith(`/ambassador/${name}`)),
    ),
  };
}

function unserved(landscape: Landscape, mapping: KubernetesObject): Way {
  return makeWay({
    ...identity(landscape, mapping),
    id: `ambassador/${mapping.namespace}/${mapping.name}`,
    front: { from: [], hops: [], findings: [] },
    listening: [],
    authentication: undefined,
    waf: undefined,
    before: recordHops(landscape, hostOf(mapping.spec), []),
    middle: [rule(mapping)],
    backend: toService(landscape, serviceOf(mapping), undefined),
    findings: [
      {
        hole: "no-controller",
        says: `Mapping ${mapping.namespace}/${mapping.name} is served by no Emissary: none is installed.`,
        place: placeOf(mapping.block),
      },
    ],
  });
}

function way(landscape: Landscape, mapping: KubernetesObject, service: ProxyService): Way {
  const { release } = service;
  const balancer = serviceBalancer(landscape, service.shape, service.object);
  const host = hostOf(mapping.spec);
  const listening = balancer.listening.map((one) => atEmissary(landscape, release, one, host));
  const unanswered = listenerFinding(landscape, release, mapping);
  const opened = frontOf(landscape, { ...balancer, listening });
  // What is never answered says nothing in clear text.
  const front =
    unanswered.length === 0
      ? opened
      : { ...opened, findings: opened.findings.filter(({ hole }) => hole !== "clear-text" && hole !== "no-redirect") };
  const proxy: Hop = {
    stop: "proxy",
    says: `Emissary (${release.chart} ${release.version ?? ""}) in ${release.namespace}`,
    place: placeOf(release.block),
    passages: front.intoPods(8080),
  };
  const caller = {
    kind: "pods",
    namespace: release.namespace,
    labels: { "app.kubernetes.io/instance": release.name, "app.kubernetes.io/name": "emissary-ingress" },
    says: "pod of Emissary",
  } as const;
  return makeWay({
    ...identity(landscape, mapping),
    id: `ambassador/${mapping.namespace}/${mapping.name}${release.name === "ambassador" ? "" : `@${release.name}`}`,
    front,
    listening,
    authentication: authentication(landscape),
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: recordHops(landscape, host, [serviceRecordTarget(service.stack)]),
    middle: [proxy, rule(mapping)],
    backend: toService(landscape, serviceOf(mapping), caller),
    findings: [...controllerFinding(landscape, { ...mapping, kind: "Emissary's Service" }), ...unanswered],
  });
}

/** TLS that ends in Envoy: a Host with a secret. */
function atEmissary(landscape: Landscape, release: Release, one: Listening, host: string): Listening {
  if (one.tls) return one;
  const hosts = landscape.ofKind("Host").filter(({ spec }) => matches(textAt(spec, "hostname") ?? "*", host));
  const withTls = hosts.find(({ spec }) => textAt(spec, "tlsSecret", "name") !== undefined);
  const secret = textAt(withTls?.spec, "tlsSecret", "name");
  if (one.port === 443) {
    const minimum = textAt(withTls?.spec, "tls", "min_tls_version");
    return {
      port: 443,
      tls: secret !== undefined,
      ...(minimum === undefined ? {} : { policy: `${minimum} and newer` }),
      ...(secret === undefined ? {} : { certificate: `secret ${secret}` }),
    };
  }
  if (hosts.some(({ spec }) => redirects(spec)) && takesForInsecure(landscape, release))
    return { ...one, redirectsTo: 443 };
  // A Host with a certificate redirects by default. Source: Emissary's documentation of `requestPolicy`.
  const action = textAt(withTls?.spec, "requestPolicy", "insecure", "action") ?? "Redirect";
  return secret !== undefined && action === "Redirect" && release.values !== undefined
    ? { ...one, redirectsTo: 443 }
    : one;
}

/** Source: Emissary's documentation of `requestPolicy`. */
function redirects(spec: unknown): boolean {
  return (textAt(spec, "requestPolicy", "insecure", "action") ?? "Redirect") === "Redirect";
}

/** Whether what comes to the port of HTTP counts as clear text, whatever its headers say. */
function takesForInsecure(landscape: Landscape, { namespace }: Release): boolean {
  return landscape
    .ofKind("Listener")
    .some((one) => one.namespace === namespace && textAt(one.spec, "securityModel") === "INSECURE");
}

function matches(pattern: string, host: string): boolean {
  return pattern === "*" || pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
}

/** Without a Listener nothing is served. */
function listenerFinding(landscape: Landscape, release: Release, mapping: KubernetesObject): readonly Finding[] {
  const byChart = textAt(release.values, "createDefaultListeners") === "true";
  const own = landscape.objects.some(
    ({ kind, apiVersion }) => kind === "Listener" && apiVersion?.startsWith("getambassador.io/") === true,
  );
  return byChart || own
    ? []
    : [
        {
          hole: "no-listener",
          says: `Emissary ${release.name} has no Listener, so Mapping ${mapping.namespace}/${mapping.name} is never answered.`,
          place: placeOf(release.block),
        },
      ];
}

function authentication(landscape: Landscape): string | undefined {
  const [service] = landscape.ofKind("AuthService");
  return service === undefined ? undefined : `whoever ${textAt(service.spec, "auth_service")} admits`;
}
