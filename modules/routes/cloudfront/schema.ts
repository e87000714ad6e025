import { z } from "zod";
import { certificateName } from "../../certificates/choice";
import { terraformRecordSchema } from "../../dns/record";
import { described } from "../../schema/descriptions";
import { arn, dnsLabel, hostname, path } from "../../schema/primitives";
import { webAclName } from "../../web-acls/schema";

export const cloudFrontRouteSchema = described(
  "A route through CloudFront.",
  z.strictObject({
    kind: z.literal("cloudfront"),
    name: described(
      "Name of the Ingress, and of the VPC origin behind the environment's and the namespace. Default: the workload's.",
      dnsLabel.optional(),
    ),
    host: described(
      "Host of its own, with its certificate; CloudFront takes a host once in all of AWS. `*` is the name " +
        "`<id>.cloudfront.net` that CloudFront gives, with a certificate of CloudFront's.",
      hostname.default("*"),
    ),
    certificate: described(
      "One of `certificates`, by name; it is then made in us-east-1. Default: none.",
      certificateName.optional(),
    ),
    certificateArn: described(
      "ACM certificate of the host, in us-east-1, in the place of `certificate`. Default: none.",
      arn.optional(),
    ),
    caching: described(
      "What CloudFront keeps: nothing, or what the workload's answers allow by `Cache-Control`, one copy for each host, " +
        "query and cookies.",
      z.enum(["off", "by-cache-control"]).default("off"),
    ),
    priceClass: described(
      "Where in the world callers are answered, which the price goes by: `PriceClass_100` North America, Europe " +
        "and Israel, `PriceClass_All` everywhere; from elsewhere they go to the nearest of these.",
      z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]).default("PriceClass_100"),
    ),
    timeoutSeconds: described(
      "How long the workload may take to answer, in seconds; more than 60 is a quota to ask for.",
      z.number().int().min(1).max(60).default(30),
    ),
    healthCheckPath: described(
      "Path that must answer 200. Default: the path of the workload's HTTP readiness probe, or `/`.",
      path.optional(),
    ),
    webAcl: webAclName.optional(),
    webAclArn: described(
      "WAFv2 web ACL to put in front, of scope CLOUDFRONT in us-east-1. Default: none.",
      arn.optional(),
    ),
    dns: described("Who makes the DNS records of the host, IPv4 and IPv6.", terraformRecordSchema),
  }),
);

export type CloudFrontRoute = z.output<typeof cloudFrontRouteSchema>;
