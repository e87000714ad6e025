import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, hostname, path } from "../schema/primitives";

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/, "a header's name has letters, digits and hyphens, at most 40")
  .register(examples, { example: "x-version" });

export const gatewayMatch = described(
  "Which of the calls below the path are the route's; a route with more of these is asked before one with fewer. " +
    "Through an ALB. Default: all of them.",
  z.strictObject({
    method: described(
      "Method of HTTP. Default: every one.",
      z.enum(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]).optional(),
    ),
    headers: described(
      "Headers with the values that they must have. Default: none.",
      z.record(headerName, z.string().min(1).max(128)).default({}),
    ),
    query: described(
      "Parameters of the query with the values that they must have. Default: none.",
      z.record(z.string().min(1).max(128), z.string().min(1).max(128)).default({}),
    ),
  }),
);

export const gatewayRewrite = described(
  "What the workload sees in the place of what the caller sent. Through an ALB. Default: the same.",
  z.strictObject({
    prefix: described(
      "In the place of the route's path, as the beginning of the call's. Default: the same path.",
      path.optional(),
    ),
    host: described(
      "In the place of the host. Default: the same host.",
      hostname.refine((name) => !name.includes("*"), "a host to send is one name, without *").optional(),
    ),
  }),
);

export const gatewayCanary = described(
  "Another workload of the namespace that gets a share of the calls. Through an ALB. Default: none.",
  z.strictObject({
    workload: described("Name of the workload.", dnsLabel),
    percent: described(
      "Its share of the calls, in percent; 0 keeps it ready and gives it none.",
      z.number().int().min(0).max(100),
    ),
  }),
);

export type GatewayMatch = z.output<typeof gatewayMatch>;
export type GatewayRewrite = z.output<typeof gatewayRewrite>;
