import { z } from "zod";
import { recordSchema } from "../../dns/record";
import { examples } from "../../schema/examples";
import { arn, cidr, dnsLabel, hostname, path } from "../../schema/primitives";
import { pathLimit } from "./rule-order";

/** A route through an ALB. */
export const albRouteSchema = z.strictObject({
  kind: z.literal("alb"),
  /** Name of the Ingress. Default: the workload's name. */
  name: dnsLabel.optional(),
  /** Default: every host, `*`. */
  host: hostname.default("*"),
  /** Paths that begin with it are routed; at most 126 characters and no `*`. Default: `/`. */
  path: path
    .max(pathLimit, `a path has at most ${pathLimit} characters, for a rule of an ALB has at most 128 and ends in /*`)
    .refine((text) => !text.includes("*"), "a path is a prefix already; the load balancer controller refuses * in it")
    .default("/"),
  /** Who can reach the load balancer. Default: the VPC alone. */
  exposure: z.enum(["internal", "internet-facing"]).default("internal"),
  /** ACM certificate. With it the ALB serves HTTPS and redirects HTTP; without it, HTTP alone. Default: none. */
  certificateArn: arn.optional(),
  /** TLS policy of the HTTPS listener. Default: TLS 1.2 and 1.3. */
  sslPolicy: z
    .string()
    .regex(/^ELBSecurityPolicy-/, "a policy's name begins with ELBSecurityPolicy-")
    .register(examples, { example: "ELBSecurityPolicy-TLS13-1-2-2021-06" })
    .default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
  /** Path that must answer 200. Default: the path of the workload's HTTP readiness probe, or `/`. */
  healthCheckPath: path.optional(),
  /** Networks that may connect. Default: every one that can reach the load balancer. */
  inboundCidrs: z.array(cidr).default([]),
  /**
   * Ingresses of one group share one ALB; all say the same of exposure, certificate, TLS policy, networks and web ACL.
   * Default: an ALB of its own.
   */
  group: dnsLabel.optional(),
  /** WAFv2 web ACL to put in front, of the ALB's region. Default: none. */
  webAclArn: arn.optional(),
  /** DNS record of the host. Default: none. */
  dns: recordSchema,
});

export type AlbRoute = z.output<typeof albRouteSchema>;
