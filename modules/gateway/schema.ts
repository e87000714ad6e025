import { z } from "zod";
import { certificateName, plainHttp } from "../certificates/choice";
import { hsts } from "../certificates/hsts";
import { prefixLists } from "../load-balancer/networks-schema";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, cidr, dnsLabel, port } from "../schema/primitives";
import { trustStoreName } from "../trust-stores/schema";
import { webAclName } from "../web-acls/schema";

const sslPolicy = described(
  "TLS policy of the listener; the default takes TLS 1.2 and 1.3.",
  z
    .string()
    .regex(/^ELBSecurityPolicy-/, "a policy's name begins with ELBSecurityPolicy-")
    .register(examples, { example: "ELBSecurityPolicy-TLS13-1-2-2021-06" })
    .default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
);

const common = {
  namespace: described("Namespace of the Gateway; made with it.", dnsLabel.default("gateways")),
  exposure: described(
    "Who can reach the load balancer; `internal` is the VPC alone. Cannot change later.",
    z.enum(["internal", "internet-facing"]).default("internal"),
  ),
  inboundCidrs: described(
    "Networks that may connect. Default: every one that can reach the load balancer.",
    z.array(cidr).default([]),
  ),
  inboundLists: prefixLists,
};

const albGateway = described(
  "An ALB, for routes with host and path.",
  z.strictObject({
    kind: z.literal("alb"),
    ...common,
    certificates: described(
      "Names of `certificates`, the default one first. With them the ALB serves HTTPS on 443 and redirects HTTP; without, " +
        "HTTP on 80 alone.",
      z.array(certificateName).max(25, "an ALB's listener takes 25 certificates beside the default one").default([]),
    ),
    certificateArns: described(
      "The same of certificates made elsewhere, by ARN; they come after those of `certificates`.",
      z.array(arn).max(25, "an ALB's listener takes 25 certificates beside the default one").default([]),
    ),
    plainHttp: plainHttp.optional(),
    hsts: hsts.optional(),
    clientCertificates: trustStoreName.optional(),
    sslPolicy,
    webAcl: webAclName.optional(),
    webAclArn: described("WAFv2 web ACL to put in front, of the ALB's region. Default: none.", arn.optional()),
  }),
);

const nlbListener = z.discriminatedUnion("kind", [
  described(
    "Hands TCP on as it is.",
    z.strictObject({
      kind: z.literal("tcp"),
      port: described("Port to listen on.", port),
      tlsInPods: described("Whether callers' TLS goes on to the pods and ends there.", z.boolean().default(false)),
      plainHttp: plainHttp.optional(),
    }),
  ),
  described(
    "The NLB terminates TLS.",
    z.strictObject({
      kind: z.literal("tls"),
      port: described("Port to listen on.", port),
      certificate: described("One of `certificates`, by name. Default: none.", certificateName.optional()),
      certificateArn: described(
        "ACM certificate made elsewhere, in the place of `certificate`. Default: none.",
        arn.optional(),
      ),
      sslPolicy,
    }),
  ),
]);

const nlbGateway = described(
  "An NLB, for routes that are a port each.",
  z.strictObject({
    kind: z.literal("nlb"),
    ...common,
    listeners: described(
      "Ports that the NLB listens on.",
      z.array(nlbListener).min(1, "an NLB without a listener takes no connection"),
    ),
  }),
);

export const gatewaySchema = z.discriminatedUnion("kind", [albGateway, nlbGateway]);

export const gatewaysSchema = described(
  "Load balancers of the Gateway API, by name; routes of kind `gateway` name them.",
  z.record(dnsLabel, gatewaySchema).default({}),
);

export type GatewaysOptions = z.output<typeof gatewaysSchema>;
export type GatewayOptions = z.output<typeof gatewaySchema>;
export type AlbGateway = z.output<typeof albGateway>;
export type NlbGateway = z.output<typeof nlbGateway>;
export type NlbListener = z.output<typeof nlbListener>;

/** Zones in which an internet-facing one needs a subnet. Source: Elastic Load Balancing user guide, "Subnets for your load balancer". */
export const subnetsOfGateway: Readonly<Record<GatewayOptions["kind"], number>> = { alb: 2, nlb: 1 };
