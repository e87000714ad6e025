import { z } from "zod";
import { clusterRecordSchema } from "../dns/record";
import { dnsLabel, hostname, path, port } from "../schema/primitives";

/** A route through one of the environment's `gateways`. */
export const gatewayRouteSchema = z.strictObject({
  kind: z.literal("gateway"),
  /** Name of the HTTPRoute or TCPRoute. Default: the workload's name. */
  name: dnsLabel.optional(),
  /** Name of the gateway in `gateways`. */
  gateway: z.string().min(1),
  /** Through an ALB. Default: every host, `*`. */
  host: hostname.optional(),
  /** Through an ALB: paths that are it or lie below it. Default: `/`. */
  path: path.optional(),
  /** Through an NLB: port of the listener whose connections are the workload's. */
  listenerPort: port.optional(),
  /** DNS record of the host. The load balancer's name is known to the cluster alone. Default: none. */
  dns: clusterRecordSchema,
});

export type GatewayRoute = z.output<typeof gatewayRouteSchema>;
