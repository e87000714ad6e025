import { z } from "zod";
import { recordSchema } from "../../dns/record";
import { dnsLabel, hostname, path } from "../../schema/primitives";

/** A route through nginx. */
export const nginxRouteSchema = z.strictObject({
  kind: z.literal("nginx"),
  /** Name of the Ingress. Default: the workload's name. */
  name: dnsLabel.optional(),
  /** Default: every host, `*`. */
  host: hostname.default("*"),
  /** Default: `/`. */
  path: path.default("/"),
  /**
   * `Prefix` takes the path and what lies below it, `Exact` the path alone. F5's nginx takes a prefix as text, so that
   * `/shop` takes `/shopping` too. Default: `Prefix`.
   */
  pathType: z.enum(["Prefix", "Exact"]).default("Prefix"),
  /** HTTPS for the host; HTTP is then redirected. Default: HTTP alone. */
  tls: z
    .strictObject({
      /** Secret of type `kubernetes.io/tls` in the workload's namespace, made elsewhere. */
      secretName: dnsLabel,
    })
    .optional(),
  /** DNS record of the host. Default: none. */
  dns: recordSchema,
});

export type NginxRoute = z.output<typeof nginxRouteSchema>;
