import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, hostname, path } from "../schema/primitives";

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/, "a header's name has letters, digits and hyphens, at most 40")
  .register(examples, { example: "x-version" });

const matched = z.string().min(1).max(128);

/** Conditions an ALB's rule holds beside host and path. Source: Elastic Load Balancing user guide, "Quotas". */
export const conditionLimit = 3;

const match = z.strictObject({
  method: described(
    "Method of HTTP. Default: every one.",
    z.enum(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]).optional(),
  ),
  headers: described(
    "Headers with the values that they must have. Default: none.",
    z.record(headerName, matched).default({}),
  ),
  query: described(
    "Parameters of the query with the values that they must have. Default: none.",
    z.record(matched, matched).default({}),
  ),
});

/**
 * @param through which of a door's kinds has it, as the beginning of a sentence; empty where all have
 */
export const routeMatch = (through = "") =>
  described(
    "Which of the calls below the path are the route's; a route with more of these is asked before one with fewer. " +
      `${through}Default: all of them.`,
    match,
  );

export const routeRewrite = described(
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

const canary = z.strictObject({
  workload: described("Name of the workload.", dnsLabel),
  percent: described(
    "Its share of the calls, in percent; 0 keeps it ready and gives it none.",
    z.number().int().min(0).max(100),
  ),
});

/** @param through as of `routeMatch` */
export const routeCanary = (through = "") =>
  described(`Another workload of the namespace that gets a share of the calls. ${through}Default: none.`, canary);

export type RouteMatch = z.output<typeof match>;
export type RouteRewrite = z.output<typeof routeRewrite>;
export type RouteCanary = z.output<typeof canary>;

/** What tells routes of one host and path apart; nothing where a route takes every call. */
export function toldApartBy(choice: RouteMatch | undefined): string {
  return choice === undefined ? "" : JSON.stringify(choice);
}

/** How many things a route asks of a call. */
export function conditionsOf(choice: RouteMatch | undefined): number {
  if (choice === undefined) return 0;
  return (choice.method === undefined ? 0 : 1) + Object.keys(choice.headers).length + Object.keys(choice.query).length;
}
