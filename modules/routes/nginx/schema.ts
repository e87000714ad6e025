import { z } from "zod";
import { recordSchema } from "../../dns/record";
import { described } from "../../schema/descriptions";
import { dnsLabel, hostname, path } from "../../schema/primitives";

export const nginxRouteSchema = described(
  "A route through nginx.",
  z.strictObject({
    kind: z.literal("nginx"),
    name: described("Name of the Ingress. Default: the workload's name.", dnsLabel.optional()),
    host: described("Host that the route answers for; `*` is every host.", hostname.default("*")),
    path: described("Path that the route answers for.", path.default("/")),
    pathType: described(
      "`Prefix` takes the path and what lies below it, `Exact` the path alone. F5's nginx takes a prefix as text, " +
        "so that `/shop` takes `/shopping` too.",
      z.enum(["Prefix", "Exact"]).default("Prefix"),
    ),
    timeoutSeconds: described(
      "How long the workload may be silent while it answers, in seconds. The default is nginx's own.",
      z.number().int().min(1).max(86_400).default(60),
    ),
    webSockets: described(
      "Whether callers may turn a connection into a WebSocket. The community's nginx lets them by itself.",
      z.boolean().default(false),
    ),
    tls: described(
      "HTTPS for the host; HTTP is then redirected. Default: HTTP alone.",
      z
        .strictObject({
          issuer: described(
            "One of `controllers.certManager.issuers`, which issues the certificate of the host and renews it. Default: none, " +
              "the Secret is made elsewhere.",
            dnsLabel.optional(),
          ),
          secretName: described(
            "Secret of type `kubernetes.io/tls` in the workload's namespace. Default: with an issuer, the Ingress's name with `-tls`.",
            dnsLabel.optional(),
          ),
        })
        .refine(({ issuer, secretName }) => issuer !== undefined || secretName !== undefined, {
          error: "a certificate comes from an issuer or is in a Secret made elsewhere, and neither is named",
          params: { remedy: "name one of `controllers.certManager.issuers` as `issuer`, or a `secretName`" },
        })
        .optional(),
    ),
    dns: recordSchema,
  }),
);

export type NginxRoute = z.output<typeof nginxRouteSchema>;
