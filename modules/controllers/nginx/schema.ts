import { z } from "zod";
import { tlsOptions } from "../../certificates/choice";
import { hsts } from "../../certificates/hsts";
import { prefixLists } from "../../load-balancer/networks-schema";
import { described } from "../../schema/descriptions";
import { examples } from "../../schema/examples";
import { cidr, dnsLabel } from "../../schema/primitives";
import { memoryLimit, requests } from "../../schema/resources";
import { minimumReplicas } from "../availability";

const common = {
  namespace: described("Namespace of its pods.", dnsLabel.default("nginx")),
  replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(2)),
  exposure: described(
    "Who can reach its load balancer; `internal` is the VPC alone. Cannot change later.",
    z.enum(["internal", "internet-facing"]).default("internal"),
  ),
  ...tlsOptions(
    "With it its load balancer terminates TLS for every host on 443, and nginx redirects what comes by HTTP; without it, " +
      "routes may have certificates of their own in `tls`.",
  ),
  hsts: hsts.optional(),
  inboundCidrs: described(
    "Networks that may connect. Default: every one that can reach the load balancer.",
    z.array(cidr).default([]),
  ),
  inboundLists: prefixLists,
  resources: described(
    "CPU and memory of each pod.",
    z.strictObject({ requests: requests("100m", "128Mi"), limits: memoryLimit("512Mi") }).prefault({}),
  ),
};

const switchingFrom = <Kind extends "community" | "f5">(kind: Kind) =>
  described(
    "The kind before, which stays beside this one, with the same options, as long as it stands here. Write it with the " +
      "change, apply every stack, so that routes and records follow, and take it out again. Default: nothing is being " +
      "switched.",
    z.literal(kind).optional(),
  );

const community = described(
  "ingress-nginx of the Kubernetes community, no longer maintained.",
  z.strictObject({
    kind: z.literal("community"),
    ...common,
    switchingFrom: switchingFrom("f5"),
    defaultBackend: described(
      "What answers requests that no route takes. The default is nginx itself, with 404.",
      z
        .discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("nginx") }),
          described(
            "A Deployment of its own that answers 404 and, on `/healthz`, 200. Its image is for amd64 alone.",
            z.strictObject({
              kind: z.literal("deployment"),
              replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(2)),
            }),
          ),
        ])
        .prefault({ kind: "nginx" }),
    ),
  }),
);

const f5 = described(
  "NGINX Ingress Controller of F5, the maker of nginx. What no route takes it answers itself, with 404. Its " +
    "chart checks values against schemas at raw.githubusercontent.com, so that is what Terraform must reach beside " +
    "the chart.",
  z.strictObject({ kind: z.literal("f5"), ...common, switchingFrom: switchingFrom("community") }),
);

export const nginxSchema = described(
  "Which nginx serves the routes of kind `nginx`. Another kind is another load balancer: without `switchingFrom` " +
    "nobody answers between the end of the one and the record of the other.",
  z.discriminatedUnion("kind", [community, f5]).register(examples, { example: { kind: "f5" } }),
);

export type NginxKind = "community" | "f5";
export type NginxOptions = z.output<typeof nginxSchema>;
export type CommunityOptions = z.output<typeof community>;
