import { z } from "zod";
import { callersSchema } from "../../callers/schema";
import { tlsOptions } from "../../certificates/choice";
import { hsts } from "../../certificates/hsts";
import { recordSchema } from "../../dns/record";
import { conditionLimit, conditionsOf, routeCanary, routeMatch } from "../../door/depth-schema";
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
    match: routeMatch()
      .refine((match) => conditionsOf(match) <= conditionLimit, {
        error: `an ALB's rule asks for five things at most, of which host and path are two, so ${conditionLimit} are left`,
        params: { remedy: "take some out, or have the workload itself tell these calls apart" },
      })
      .optional(),
    canary: routeCanary().optional(),
    sticky: described(
      "Keeps a caller at the pod that answered first, by a cookie of the load balancer. Default: every call goes to any pod.",
      z.strictObject({
        seconds: described(
          "How long, in seconds, at most a week.",
          z.number().int().min(1).max(604_800).default(86_400),
        ),
      }),
    ).optional(),
    grpc: described(
      "Whether callers and pods speak gRPC; needs a certificate, and the pods answer on HTTP/2 without TLS. A pod is healthy " +
        "where it answers the health check with whatever code of gRPC.",
      z.boolean().default(false),
    ),
    timeoutSeconds: described(
      "How long a connection may be silent, so how long the workload may take to answer, in seconds; it is the ALB's as a " +
        "whole. The default is that of AWS.",
      z.number().int().min(1).max(4000).default(60),
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
