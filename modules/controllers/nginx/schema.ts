import { z } from "zod";
import { examples } from "../../schema/examples";
import { cidr, cpu, dnsLabel, memory } from "../../schema/primitives";
import { minimumReplicas } from "../availability";

const common = {
  /** Default: `nginx`. */
  namespace: dnsLabel.default("nginx"),
  /** Pods, 2 or more. Default: 2. */
  replicas: z.number().int().min(minimumReplicas).default(2),
  /** Who can reach its load balancer. Cannot change later. Default: the VPC alone. */
  exposure: z.enum(["internal", "internet-facing"]).default("internal"),
  /** Networks that may connect. Default: every one that can reach the load balancer. */
  inboundCidrs: z.array(cidr).default([]),
  /** Default: requests 100m and 128Mi, limit 512Mi. */
  resources: z
    .strictObject({
      requests: z.strictObject({ cpu: cpu.default("100m"), memory: memory.default("128Mi") }).prefault({}),
      limits: z.strictObject({ memory: memory.default("512Mi") }).prefault({}),
    })
    .prefault({}),
};

/** ingress-nginx of the Kubernetes community, no longer maintained. */
const community = z.strictObject({
  kind: z.literal("community"),
  ...common,
  /** What answers requests that no route takes. Default: nginx itself, with 404. */
  defaultBackend: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("nginx") }),
      /** A Deployment of its own that answers 404 and, on `/healthz`, 200. Its image is for amd64 alone. */
      z.strictObject({
        kind: z.literal("deployment"),
        /** Pods, 2 or more. Default: 2. */
        replicas: z.number().int().min(minimumReplicas).default(2),
      }),
    ])
    .prefault({ kind: "nginx" }),
});

/**
 * NGINX Ingress Controller of F5, the maker of nginx. What no route takes it answers itself, with 404. Its chart checks
 * values against schemas at raw.githubusercontent.com, so that is what Terraform must reach beside the chart.
 */
const f5 = z.strictObject({ kind: z.literal("f5"), ...common });

/**
 * Which nginx serves the routes of kind `nginx`. Another kind is another load balancer: nobody answers between the end of
 * the one and the start of the other, and records made by Terraform follow when the apps stack is applied.
 */
export const nginxSchema = z
  .discriminatedUnion("kind", [community, f5])
  .register(examples, { example: { kind: "f5" } });

export type NginxOptions = z.output<typeof nginxSchema>;
export type CommunityOptions = z.output<typeof community>;
export type F5Options = z.output<typeof f5>;
