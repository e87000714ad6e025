import { z } from "zod";
import { terraformRecordSchema } from "../../dns/record";
import { arn, dnsLabel, hostname, path } from "../../schema/primitives";

/** A route through CloudFront. */
export const cloudFrontRouteSchema = z.strictObject({
  kind: z.literal("cloudfront"),
  /** Name of the Ingress, and of the VPC origin behind the environment's and the namespace. Default: the workload's. */
  name: dnsLabel.optional(),
  /**
   * Host of its own, with its certificate; CloudFront takes a host once in all of AWS. Default: `*`, the name
   * `<id>.cloudfront.net` that CloudFront gives, with a certificate of CloudFront's.
   */
  host: hostname.default("*"),
  /** ACM certificate of the host, in us-east-1. Default: none. */
  certificateArn: arn.optional(),
  /**
   * What CloudFront keeps: nothing, or what the workload's answers allow by `Cache-Control`, apart by host, query and
   * cookies. Default: `off`.
   */
  caching: z.enum(["off", "by-cache-control"]).default("off"),
  /**
   * Where in the world callers are answered, which the price goes by: `PriceClass_100` North America, Europe and Israel,
   * `PriceClass_All` everywhere; from elsewhere they go to the nearest of these. Default: `PriceClass_100`.
   */
  priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]).default("PriceClass_100"),
  /** How long the workload may take to answer, in seconds. Default: 30; more than 60 is a quota to ask for. */
  timeoutSeconds: z.number().int().min(1).max(60).default(30),
  /** Path that must answer 200. Default: the path of the workload's HTTP readiness probe, or `/`. */
  healthCheckPath: path.optional(),
  /** WAFv2 web ACL to put in front, of scope CLOUDFRONT in us-east-1. Default: none. */
  webAclArn: arn.optional(),
  /** DNS records of the host, IPv4 and IPv6. Default: none. */
  dns: terraformRecordSchema,
});

export type CloudFrontRoute = z.output<typeof cloudFrontRouteSchema>;
