import { z } from "zod";
import { examples } from "../schema/examples";
import { dnsLabel, hostname, port, reason } from "../schema/primitives";
import { routeAuthorization } from "./authorization-schema";

/** Methods of HTTP that API Gateway knows; ANY stands for all of them. */
export const httpMethods = ["ANY", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * A path of an API. Variables are left to the backend: a prefix route takes everything below it anyway.
 * Source: API Gateway developer guide, "Amazon API Gateway important notes", resource path parts.
 */
const apiPath = z
  .string()
  .regex(
    /^\/([A-Za-z0-9._:-]+(\/[A-Za-z0-9._:-]+)*)?$/,
    "a path of an API begins with / and does not end with it; its parts have letters, digits and . _ : -",
  )
  .register(examples, { example: "/orders" });

const match = z
  .discriminatedUnion("kind", [
    /** The path and everything below it, by every method. */
    z.strictObject({ kind: z.literal("prefix") }),
    /** The path alone, by one method. */
    z.strictObject({ kind: z.literal("exact"), method: z.enum(httpMethods) }),
  ])
  .prefault({ kind: "prefix" });

const integration = z
  .discriminatedUnion("kind", [
    /** The pods of the workload, through a VPC link. */
    z.strictObject({ kind: z.literal("workload") }),
    /** A host on the internet, the public door of the workload for example. */
    z.strictObject({
      kind: z.literal("public-host"),
      host: hostname.refine((name) => !name.includes("*"), "a host to call is one name, without *"),
      /** Whether the host is called by HTTPS. Default: on. */
      tls: z
        .discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("on") }),
          z.strictObject({ kind: z.literal("off"), reason }),
        ])
        .prefault({ kind: "on" }),
      /**
       * `HTTP_PROXY` hands requests and answers on as they are. `HTTP`, for REST APIs alone, answers 200 and
       * `application/json` whatever the host answered, its errors too. Default: `HTTP_PROXY`.
       */
      type: z.enum(["HTTP_PROXY", "HTTP"]).default("HTTP_PROXY"),
    }),
  ])
  .prefault({ kind: "workload" });

/** A route through an API of `apis`. */
export const apiGatewayRouteSchema = z.strictObject({
  kind: z.literal("api-gateway"),
  /** Tells routes of one workload apart. Default: none. */
  name: dnsLabel.optional(),
  /** Name of the API in `apis`. */
  api: z.string().min(1),
  /** Reaches the workload as it is, without the stage in front. */
  path: apiPath,
  /** Default: the path and everything below it. */
  match,
  /** What answers. Default: the workload. */
  integration,
  /**
   * Port of the load balancer's listener for this workload; workloads that share an API differ in it.
   * Default: the port of the Service.
   */
  listenerPort: port.optional(),
  /** Who may call, where this differs from the API. Default: as the API has it. */
  authorization: routeAuthorization.optional(),
  /** Whether a call needs an API key of the API's usage plan. Default: true where the API has a usage plan. */
  apiKeyRequired: z.boolean().optional(),
  /** How long the workload may take. Default: 29000 for a REST API, 30000 for an HTTP API, AWS's own limits. */
  timeoutMilliseconds: z.number().int().min(50).optional(),
});

export type ApiGatewayRoute = z.output<typeof apiGatewayRouteSchema>;
