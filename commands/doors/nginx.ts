import { placeOf } from "../terraform-json/environment-json";
import { listAt, textAt, textsAt } from "../terraform-json/json";
import type { KubernetesObject, Release } from "../terraform-json/kubernetes-objects";
import { controllerFinding } from "./alb";
import { toService } from "./backend";
import { frontOf } from "./balancer";
import { type IngressPath, ingressPaths } from "./ingress";
import type { Landscape } from "./landscape";
import { makeWay } from "./make-way";
import type { Caller } from "./network-policies";
import { recordHops } from "./records";
import { type ProxyService, proxyService, serviceBalancer, serviceRecordTarget } from "./services";
import type { Hop, Listening, Way } from "./way";

/** Charts of nginx, and what an IngressClass names as the controller of each. */
const charts = { "ingress-nginx": "k8s.io/ingress-nginx", "nginx-ingress": "nginx.org/ingress-controller" } as const;

/** An nginx that is installed. */
interface Nginx {
  readonly release: Release;
  readonly className: string;
  readonly service: ProxyService;
}

function installed(landscape: Landscape): readonly Nginx[] {
  return (Object.keys(charts) as (keyof typeof charts)[]).flatMap((chart) =>
    landscape.releases
      .filter((release) => release.chart === chart)
      .map((release) => {
        const { values } = release;
        const className =
          textAt(values, "controller", "ingressClass", "name") ??
          textAt(values, "controller", "ingressClass") ??
          textAt(values, "controller", "ingressClassResource", "name") ??
          "nginx";
        const name =
          textAt(values, "fullnameOverride") ??
          (release.name.includes(chart) ? `${release.name}-controller` : `${release.name}-${chart}-controller`);
        return {
          release,
          className,
          service: proxyService(release, ["controller", "service"], name, nginxPorts(release)),
        };
      }),
  );
}

function nginxPorts({ values }: Release): readonly number[] {
  const enabled = (key: string) =>
    (textAt(values, "controller", "service", key) ?? textAt(values, "controller", "service", key, "enable")) !==
    "false";
  const http = textAt(values, "controller", "service", "enableHttp") !== "false" && enabled("httpPort");
  const https = textAt(values, "controller", "service", "enableHttps") !== "false" && enabled("httpsPort");
  return [...(http ? [80] : []), ...(https ? [443] : [])];
}

/** Services of nginx that the charts make. */
export function nginxServices(landscape: Landscape): readonly ProxyService[] {
  return installed(landscape).map(({ service }) => service);
}

/** Ingresses that an nginx serves, each by its class. */
export function nginxWays(landscape: Landscape): readonly Way[] {
  const proxies = installed(landscape);
  return landscape.ofKind("Ingress").flatMap((ingress) => {
    const className = textAt(ingress.spec, "ingressClassName") ?? ingress.annotations["kubernetes.io/ingress.class"];
    if (className === "alb") return [];
    const nginx = proxies.find((proxy) => proxy.className === className);
    return ingressPaths(ingress).flatMap((path) =>
      path.targets.map((target) => way(landscape, ingress, className, nginx, path, target)),
    );
  });
}

function way(
  landscape: Landscape,
  ingress: KubernetesObject,
  className: string | undefined,
  nginx: Nginx | undefined,
  { host, path }: IngressPath,
  target: IngressPath["targets"][number],
): Way {
  const rule: Hop = {
    stop: "rule",
    says: `host ${host}, paths below ${path}`,
    place: placeOf(ingress.block),
    passages: [],
  };
  const caller: Caller | undefined = nginx && {
    kind: "pods",
    namespace: nginx.release.namespace,
    labels: { "app.kubernetes.io/instance": nginx.release.name, "app.kubernetes.io/component": "controller" },
    says: "pod of nginx",
  };
  const backend = toService(
    landscape,
    { namespace: ingress.namespace, name: target.service, port: target.port },
    caller,
  );
  const id = `nginx/${ingress.namespace}/${ingress.name}/${host}${path}`;
  const declaredAs = landscape.declared.filter((key) =>
    // Whichever door an Ingress without a controller was declared as, it is declared.
    key.endsWith(nginx === undefined ? `/${ingress.name}` : `/nginx/${ingress.name}`),
  );
  if (nginx === undefined) {
    return makeWay({
      id,
      kind: "nginx",
      declaredAs,
      front: { from: [], hops: [], findings: [] },
      listening: [],
      authentication: undefined,
      waf: undefined,
      before: recordHops(landscape, host, [], ingress.annotations),
      middle: [rule],
      backend,
      findings: [
        {
          hole: "no-controller",
          says: `No controller serves the class ${className ?? "(none)"} of Ingress ${ingress.namespace}/${ingress.name}.`,
          place: placeOf(ingress.block),
        },
      ],
    });
  }
  const { service, release } = nginx;
  const balancer = serviceBalancer(landscape, service.shape, service.object);
  const listening = balancer.listening.map((one) =>
    one.port === 80 && setsAside(release) ? { ...one, redirectsTo: 443 } : atNginx(one, ingress, host),
  );
  const front = frontOf(landscape, { ...balancer, listening });
  const proxy: Hop = {
    stop: "proxy",
    says: `nginx (${release.chart} ${release.version ?? ""}) in ${release.namespace}, class ${nginx.className}`,
    place: placeOf(release.block),
    passages: front.intoPods(80),
  };
  return makeWay({
    id,
    kind: "nginx",
    declaredAs,
    front,
    listening,
    authentication: authentication(ingress),
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: recordHops(landscape, host, [serviceRecordTarget(service.stack)], ingress.annotations),
    middle: [proxy, rule],
    backend,
    findings: controllerFinding(landscape, { ...ingress, kind: "nginx's Service" }),
  });
}

/** Whether HTTP goes to a server of its own, which redirects, because TLS ends at the load balancer. */
function setsAside({ values }: Release): boolean {
  const port = (key: string, field: string) => textAt(values, "controller", "service", key, field);
  const target = port("httpPort", "targetPort") ?? port("targetPorts", "http") ?? "http";
  return !["http", "80"].includes(target);
}

/** TLS that ends in nginx: with the certificate of the Ingress, or with the one that nginx makes up. */
function atNginx(one: Listening, ingress: KubernetesObject, host: string): Listening {
  const certificates = listAt(ingress.spec, "tls");
  const own = certificates.find((tls) => host === "*" || textsAt(tls, "hosts").includes(host));
  const secret = textAt(own, "secretName");
  if (one.tls) return one;
  if (one.port === 443) {
    return secret === undefined
      ? { port: 443, tls: true, certificate: "nginx's own, which no caller trusts", untrusted: true }
      : { port: 443, tls: true, certificate: `secret ${secret}` };
  }
  // nginx of both kinds redirects a host that has a certificate.
  return secret === undefined || ingress.annotations["nginx.ingress.kubernetes.io/ssl-redirect"] === "false"
    ? one
    : { ...one, redirectsTo: 443 };
}

function authentication({ annotations }: KubernetesObject): string | undefined {
  const url = annotations["nginx.ingress.kubernetes.io/auth-url"];
  if (url !== undefined) return `whoever ${url} admits`;
  const type = annotations["nginx.ingress.kubernetes.io/auth-type"];
  if (type !== undefined) return `HTTP ${type} authentication`;
  const secret = annotations["nginx.ingress.kubernetes.io/auth-tls-secret"];
  return secret === undefined ? undefined : `client certificates of secret ${secret}`;
}
