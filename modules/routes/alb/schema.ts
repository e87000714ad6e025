import { z } from "zod";
import { callersSchema } from "../../callers/schema";
import { tlsOptions } from "../../certificates/choice";
import { hsts } from "../../certificates/hsts";
import { recordSchema } from "../../dns/record";
import { prefixLists } from "../../load-balancer/networks-schema";
import { described } from "../../schema/descriptions";
import { examples } from "../../schema/examples";
import { arn, cidr, dnsLabel, hostname, path } from "../../schema/primitives";
import { trustStoreName } from "../../trust-stores/schema";
import { webAclName } from "../../web-acls/schema";
import { pathLimit } from "./rule-order";

export const albRouteSchema = described(
  "A route through an ALB.",
  z.strictObject({
    kind: z.literal("alb"),
    name: described("Name of the Ingress. Default: the workload's name.", dnsLabel.optional()),
    host: described("Host that the route answers for; `*` is every host.", hostname.default("*")),
    path: described(
      "Paths that begin with it are routed; at most 126 characters and no `*`.",
      path
        .max(
          pathLimit,
          `a path has at most ${pathLimit} characters, for a rule of an ALB has at most 128 and ends in /*`,
        )
        .refine(
          (text) => !text.includes("*"),
          "a path is a prefix already; the load balancer controller refuses * in it",
        )
        .default("/"),
    ),
    exposure: described(
      "Who can reach the load balancer; `internal` is the VPC alone. A change makes another load balancer, after the end " +
        "of the one before.",
      z.enum(["internal", "internet-facing"]).default("internal"),
    ),
    ...tlsOptions("With it the ALB serves HTTPS and redirects HTTP; without it, HTTP alone."),
    hsts: hsts.optional(),
    sslPolicy: described(
      "TLS policy of the HTTPS listener; the default takes TLS 1.2 and 1.3.",
      z
        .string()
        .regex(/^ELBSecurityPolicy-/, "a policy's name begins with ELBSecurityPolicy-")
        .register(examples, { example: "ELBSecurityPolicy-TLS13-1-2-2021-06" })
        .default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
    ),
    healthCheckPath: described(
      "Path that must answer 200. Default: the path of the workload's HTTP readiness probe, or `/`.",
      path.optional(),
    ),
    inboundCidrs: described(
      "Networks that may connect. Default: every one that can reach the load balancer.",
      z.array(cidr).default([]),
    ),
    inboundLists: prefixLists,
    callers: callersSchema,
    clientCertificates: trustStoreName.optional(),
    group: described(
      "Ingresses of one group share one ALB; all say the same of exposure, certificate, TLS policy, networks and " +
        "web ACL. Default: an ALB of its own.",
      dnsLabel.optional(),
    ),
    webAcl: webAclName.optional(),
    webAclArn: described("WAFv2 web ACL to put in front, of the ALB's region. Default: none.", arn.optional()),
    dns: recordSchema,
  }),
);

export type AlbRoute = z.output<typeof albRouteSchema>;
