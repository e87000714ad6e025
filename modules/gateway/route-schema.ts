import { z } from "zod";
import { callersSchema } from "../callers/schema";
import { clusterRecordSchema } from "../dns/record";
import { routeCanary, routeMatch, routeRewrite } from "../door/depth-schema";
import { described } from "../schema/descriptions";
import { dnsLabel, hostname, path, port } from "../schema/primitives";

export const gatewayRouteSchema = described(
  "A route through one of the environment's `gateways`.",
  z.strictObject({
    kind: z.literal("gateway"),
    name: described("Name of the HTTPRoute or TCPRoute. Default: the workload's name.", dnsLabel.optional()),
    gateway: described("Name of the gateway in `gateways`.", z.string().min(1)),
    host: described("Through an ALB: host that the route answers for. Default: every host, `*`.", hostname.optional()),
    path: described("Through an ALB: paths that are it or lie below it. Default: `/`.", path.optional()),
    listenerPort: described(
      "Through an NLB: port of the listener whose connections are the workload's. Default: none, as through an ALB.",
      port.optional(),
    ),
    match: routeMatch("Through an ALB. ").optional(),
    rewrite: routeRewrite.optional(),
    canary: routeCanary("Through an ALB. ").optional(),
    callers: callersSchema,
    dns: described(
      "DNS record of the host. The load balancer's name is known to the cluster alone.",
      clusterRecordSchema,
    ),
  }),
);

export type GatewayRoute = z.output<typeof gatewayRouteSchema>;
