import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, cidr, dnsLabel, port } from "../schema/primitives";

const sslPolicy = z
  .string()
  .regex(/^ELBSecurityPolicy-/, "a policy's name begins with ELBSecurityPolicy-")
  .register(examples, { example: "ELBSecurityPolicy-TLS13-1-2-2021-06" })
  .default("ELBSecurityPolicy-TLS13-1-2-2021-06");

const common = {
  /** Namespace of the Gateway; made with it. Default: `gateways`. */
  namespace: dnsLabel.default("gateways"),
  /** Who can reach the load balancer. Cannot change later. Default: the VPC alone. */
  exposure: z.enum(["internal", "internet-facing"]).default("internal"),
  /** Networks that may connect. Default: every one that can reach the load balancer. */
  inboundCidrs: z.array(cidr).default([]),
};

/** An ALB, for routes with host and path. */
const albGateway = z.strictObject({
  kind: z.literal("alb"),
  ...common,
  /**
   * ACM certificates, the default one first. With them the ALB serves HTTPS on 443 and redirects HTTP; without, HTTP on
   * 80 alone. Default: none.
   */
  certificateArns: z.array(arn).max(25, "an ALB's listener takes 25 certificates beside the default one").default([]),
  /** TLS policy of the HTTPS listener. Default: TLS 1.2 and 1.3. */
  sslPolicy,
  /** WAFv2 web ACL to put in front, of the ALB's region. Default: none. */
  webAclArn: arn.optional(),
});

const nlbListener = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tcp"), port }),
  z.strictObject({
    /** The NLB terminates TLS. */
    kind: z.literal("tls"),
    port,
    /** ACM certificate. */
    certificateArn: arn,
    /** Default: TLS 1.2 and 1.3. */
    sslPolicy,
  }),
]);

/** An NLB, for routes that are a port each. */
const nlbGateway = z.strictObject({
  kind: z.literal("nlb"),
  ...common,
  listeners: z.array(nlbListener).min(1, "an NLB without a listener takes no connection"),
});

export const gatewaySchema = z.discriminatedUnion("kind", [albGateway, nlbGateway]);

/** Load balancers of the Gateway API, by name; routes of kind `gateway` name them. */
export const gatewaysSchema = z.record(dnsLabel, gatewaySchema).default({});

export type GatewaysOptions = z.output<typeof gatewaysSchema>;
export type GatewayOptions = z.output<typeof gatewaySchema>;
export type AlbGateway = z.output<typeof albGateway>;
export type NlbGateway = z.output<typeof nlbGateway>;
export type NlbListener = z.output<typeof nlbListener>;

/** Zones in which an internet-facing one needs a subnet. Source: Elastic Load Balancing user guide, "Subnets for your load balancer". */
export const subnetsOfGateway: Readonly<Record<GatewayOptions["kind"], number>> = { alb: 2, nlb: 1 };
