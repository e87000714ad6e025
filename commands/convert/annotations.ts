/** A door that an Ingress becomes. */
export type DoorOfIngress = "alb" | "nginx" | "gateway";

/** What becomes of an annotation of ingress-nginx. */
export interface AnnotationHere {
  /** Without `nginx.ingress.kubernetes.io/`. */
  readonly name: string;
  /** What to write here instead, or why there is nothing. */
  readonly here: string;
  /** Fields of a route that say the same, by door; where there are none, `here` is told. */
  readonly fields?: (value: string) => Partial<Record<DoorOfIngress, Readonly<Record<string, unknown>>>>;
  /** Values that need nothing, because a door here is so by itself. */
  readonly byItself?: readonly string[];
}

const listed = (value: string) =>
  value
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

const networks =
  "`inboundCidrs` of the route through an ALB, of the gateway, or of `controllers.nginx`, whose load balancer they are for as a whole";
const lost = (why: string) => `nothing: ${why}`;
const login = '`callers` of the route through an ALB or a gateway: `kind: "oidc"` or `"cognito"`';
const body = lost("an ALB takes bodies of any length, and F5's nginx keeps its own limit");

/**
 * The annotations of ingress-nginx that people use most, in the order of its documentation.
 * Source: ingress-nginx, "Annotations".
 */
export const annotationsHere: readonly AnnotationHere[] = [
  { name: "app-root", here: lost("no door redirects a path; the workload does") },
  { name: "affinity", here: lost("no door here keeps a caller at one pod") },
  { name: "auth-realm", here: login },
  { name: "auth-secret", here: login },
  { name: "auth-type", here: login },
  {
    name: "auth-tls-secret",
    here: "`trustStores`, and `clientCertificates` of the route through an ALB or of the gateway",
  },
  { name: "auth-tls-verify-client", here: "`clientCertificates`, which has every caller verified" },
  {
    name: "auth-url",
    here: `${login}; a workload that answers such requests is \`externalAuth\` of \`controllers.emissary\``,
  },
  { name: "auth-signin", here: login },
  {
    name: "backend-protocol",
    here: lost(
      "between a door and pods HTTP is spoken; where pods end TLS themselves, a route of kind `nlb` with `tlsInPods`",
    ),
    byItself: ["HTTP"],
  },
  { name: "canary", here: "`canary` of the route through a gateway: name the workload in the route of the stable one" },
  { name: "canary-weight", here: "`canary.percent` of the stable workload's route through a gateway" },
  { name: "canary-by-header", here: "`match.headers` of a route through a gateway, to the other workload" },
  { name: "configuration-snippet", here: lost("nobody writes configuration of nginx into an Ingress here") },
  { name: "server-snippet", here: lost("nobody writes configuration of nginx into an Ingress here") },
  { name: "custom-http-errors", here: lost("the workload's own answers reach the caller") },
  { name: "enable-cors", here: lost("the workload answers preflight requests") },
  { name: "force-ssl-redirect", here: "a certificate: with it a door redirects HTTP by itself", byItself: ["true"] },
  { name: "limit-connections", here: lost("`webAcls` counts requests, and no connections") },
  { name: "limit-rps", here: "`webAcls` with `requestsPerFiveMinutes`, which counts by address" },
  { name: "limit-rpm", here: "`webAcls` with `requestsPerFiveMinutes`, which counts by address" },
  { name: "permanent-redirect", here: lost("no door answers in the place of a workload") },
  { name: "proxy-body-size", here: body },
  { name: "proxy-buffer-size", here: lost("an ALB takes headers of 16 kB a line, and no more") },
  { name: "proxy-connect-timeout", here: lost("an ALB waits 10 seconds for a pod") },
  { name: "proxy-read-timeout", here: lost("an ALB and its Gateway wait 60 seconds for an answer") },
  { name: "proxy-send-timeout", here: lost("an ALB and its Gateway wait 60 seconds for an answer") },
  {
    name: "rewrite-target",
    here: "`rewrite.prefix` of the route through a gateway, without groups of a regular expression",
    fields: (value) => (/\$/.test(value) ? {} : { gateway: { rewrite: { prefix: value } } }),
  },
  { name: "ssl-passthrough", here: "a route of kind `nlb` with `tlsInPods: true`" },
  { name: "ssl-redirect", here: "a certificate: with it a door redirects HTTP by itself", byItself: ["true"] },
  {
    name: "upstream-vhost",
    here: "`rewrite.host` of the route through a gateway",
    fields: (value) => ({ gateway: { rewrite: { host: value } } }),
  },
  { name: "use-regex", here: lost("paths are prefixes, and through nginx exact ones") },
  {
    name: "whitelist-source-range",
    here: networks,
    fields: (value) => ({ alb: { inboundCidrs: listed(value) } }),
  },
];

/** What becomes of annotations that are not ingress-nginx's own, by their whole name. */
export const othersHere: Readonly<Record<string, string>> = {
  "cert-manager.io/cluster-issuer":
    "`certificates` for a door whose load balancer ends TLS; `tls.issuer` of a route through nginx, of `controllers.certManager.issuers`",
  "cert-manager.io/issuer": "an issuer of the whole cluster, in `controllers.certManager.issuers`",
  "external-dns.alpha.kubernetes.io/hostname": '`dns: { kind: "external-dns" }` of the route, for its own host',
};

/** Annotations that say nothing once the Ingress is no more. */
export const ofTheIngressAlone: ReadonlySet<string> = new Set([
  "kubernetes.io/ingress.class",
  "kubernetes.io/tls-acme",
  "kubectl.kubernetes.io/last-applied-configuration",
]);
