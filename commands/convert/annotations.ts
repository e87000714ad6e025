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
  /** It stops callers: without it the route is open to more of them than the Ingress was. */
  readonly guards?: true;
}

const listed = (value: string) =>
  value
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** A number of seconds that a door takes; nothing where the text is none, or is beyond what the door waits. */
function seconds(value: string, most: number): number | undefined {
  const found = /^(\d+)s?$/.exec(value)?.[1];
  const count = Number(found);
  return found === undefined || count < 1 || count > most ? undefined : count;
}

/** Longest an ALB waits, longest nginx is asked to here, and longest a cookie of an ALB lasts, in seconds. */
const longest = { alb: 4000, nginx: 86_400, cookie: 604_800 };

function timeout(value: string): Partial<Record<DoorOfIngress, Readonly<Record<string, unknown>>>> {
  const atAlb = seconds(value, longest.alb);
  const atNginx = seconds(value, longest.nginx);
  return {
    ...(atAlb === undefined ? {} : { alb: { timeoutSeconds: atAlb } }),
    ...(atNginx === undefined ? {} : { nginx: { timeoutSeconds: atNginx } }),
  };
}

const waiting = "`timeoutSeconds` of the route, through nginx or an ALB, whose it is as a whole";
const cookie = "the cookie is the ALB's own, AWSALB, whose name and attributes nobody chooses";
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
  {
    name: "affinity",
    here: "`sticky` of the route through an ALB",
    fields: (value) => (value === "cookie" ? { alb: { sticky: {} } } : {}),
  },
  { name: "affinity-mode", here: "`sticky` of the route through an ALB, which gives a pod up when that goes away" },
  {
    name: "session-cookie-max-age",
    here: "`sticky.seconds` of the route through an ALB, a week at most",
    fields: (value) => {
      const found = seconds(value, longest.cookie);
      return found === undefined ? {} : { alb: { sticky: { seconds: found } } };
    },
  },
  {
    name: "session-cookie-expires",
    here: "`sticky.seconds` of the route through an ALB, a week at most",
    fields: (value) => {
      const found = seconds(value, longest.cookie);
      return found === undefined ? {} : { alb: { sticky: { seconds: found } } };
    },
  },
  { name: "session-cookie-name", here: lost(cookie) },
  { name: "session-cookie-samesite", here: lost(cookie) },
  { name: "session-cookie-secure", here: lost(cookie) },
  { name: "auth-realm", here: login },
  { name: "auth-secret", here: login, guards: true },
  { name: "auth-type", here: login, guards: true },
  {
    name: "auth-tls-secret",
    here: "`trustStores`, and `clientCertificates` of the route through an ALB or of the gateway",
    guards: true,
  },
  { name: "auth-tls-verify-client", here: "`clientCertificates`, which has every caller verified", guards: true },
  { name: "auth-tls-verify-depth", here: lost("an ALB follows a chain of four certificates") },
  { name: "auth-tls-error-page", here: lost("a caller without a certificate gets no connection") },
  {
    name: "auth-tls-pass-certificate-to-upstream",
    here: lost("an ALB that verifies hands on what it found in headers `X-Amzn-Mtls-Clientcert-…` by itself"),
  },
  {
    name: "auth-url",
    here: `${login}; a workload that answers such requests is \`externalAuth\` of \`controllers.emissary\``,
    guards: true,
  },
  { name: "auth-signin", here: login },
  {
    name: "backend-protocol",
    here: lost(
      "between a door and pods HTTP is spoken; where pods end TLS themselves, a route of kind `nlb` with `tlsInPods`",
    ),
    byItself: ["HTTP"],
    fields: (value) => (/^GRPC$/i.test(value) ? { alb: { grpc: true } } : {}),
  },
  {
    name: "canary",
    here: "`canary` of the route through an ALB, a gateway or Emissary: name the workload in the route of the stable one",
  },
  { name: "canary-weight", here: "`canary.percent` of the stable workload's route" },
  {
    name: "canary-by-header",
    here: "`match.headers` of a route to the other workload, through an ALB, a gateway or Emissary",
  },
  { name: "configuration-snippet", here: lost("nobody writes configuration of nginx into an Ingress here") },
  { name: "server-snippet", here: lost("nobody writes configuration of nginx into an Ingress here") },
  { name: "custom-http-errors", here: lost("the workload's own answers reach the caller") },
  {
    name: "denylist-source-range",
    here: '`webAcls` with `networks: { kind: "block", cidrs: [...] }`, named by the route as `webAcl`',
    guards: true,
  },
  { name: "enable-cors", here: lost("the workload answers preflight requests") },
  { name: "force-ssl-redirect", here: "a certificate: with it a door redirects HTTP by itself", byItself: ["true"] },
  { name: "limit-connections", here: lost("`webAcls` counts requests, and no connections"), guards: true },
  { name: "limit-rps", here: "`webAcls` with `requestsPerFiveMinutes`, which counts by address", guards: true },
  { name: "limit-rpm", here: "`webAcls` with `requestsPerFiveMinutes`, which counts by address", guards: true },
  { name: "permanent-redirect", here: lost("no door answers in the place of a workload") },
  { name: "proxy-body-size", here: body },
  { name: "proxy-buffering", here: lost("an ALB keeps no answers, and F5's nginx keeps what it does by itself") },
  { name: "proxy-buffer-size", here: lost("an ALB takes headers of 16 kB a line, and no more") },
  { name: "proxy-connect-timeout", here: lost("an ALB waits 10 seconds for a pod") },
  { name: "proxy-read-timeout", here: waiting, fields: timeout },
  { name: "proxy-send-timeout", here: waiting, fields: timeout },
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
    guards: true,
    fields: (value) => ({ alb: { inboundCidrs: listed(value) } }),
  },
];

/** What becomes of annotations that are not ingress-nginx's own, by their whole name. */
export const othersHere: Readonly<Record<string, string>> = {
  "cert-manager.io/cluster-issuer":
    "`certificates` for a door whose load balancer ends TLS; `tls.issuer` of a route through nginx, of `controllers.certManager.issuers`",
  "cert-manager.io/issuer": "an issuer of the whole cluster, in `controllers.certManager.issuers`",
  "alb.ingress.kubernetes.io/certificate-arn": "`certificateArn` of the route, or one made here as `certificate`",
  "alb.ingress.kubernetes.io/listen-ports": "nothing: 80, and with a certificate 443, to which 80 then redirects",
  "alb.ingress.kubernetes.io/scheme": "`exposure` of the route, which is internal until it is written",
  "external-dns.alpha.kubernetes.io/hostname": '`dns: { kind: "external-dns" }` of the route, for its own host',
};

/** Annotations that say nothing once the Ingress is no more. */
export const ofTheIngressAlone: ReadonlySet<string> = new Set([
  "kubernetes.io/ingress.class",
  "kubernetes.io/tls-acme",
  "kubectl.kubernetes.io/last-applied-configuration",
]);
