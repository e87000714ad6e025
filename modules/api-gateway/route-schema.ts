import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, domainName, port, reason } from "../schema/primitives";
import { routeAuthorization } from "./authorization-schema";

/** Methods of HTTP that API Gateway knows; ANY stands for all of them. */
export const httpMethods = ["ANY", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

const apiPath = described(
  "A path of an API. Variables are left to the backend: a prefix route takes everything below it anyway. Source: " +
    'API Gateway developer guide, "Amazon API Gateway important notes", resource path parts.',
  z
    .string()
    .regex(
      /^\/([A-Za-z0-9._:-]+(\/[A-Za-z0-9._:-]+)*)?$/,
      "a path of an API begins with / and does not end with it; its parts have letters, digits and . _ : -",
    )
    .register(examples, { example: "/orders" }),
);

const match = z
  .discriminatedUnion("kind", [
    described("The path and everything below it, by every method.", z.strictObject({ kind: z.literal("prefix") })),
    described(
      "The path alone, by one method.",
      z.strictObject({
        kind: z.literal("exact"),
        method: described("Method of HTTP; `ANY` stands for all.", z.enum(httpMethods)),
      }),
    ),
  ])
  .prefault({ kind: "prefix" });

const integration = z
  .discriminatedUnion("kind", [
    described("The pods of the workload, through a VPC link.", z.strictObject({ kind: z.literal("workload") })),
    described(
      "A host on the internet, the public door of the workload for example.",
      z.strictObject({
        kind: z.literal("public-host"),
        host: described("Host to call.", domainName),
        tls: described(
          "Whether the host is called by HTTPS.",
          z
            .discriminatedUnion("kind", [
              z.strictObject({ kind: z.literal("on") }),
              z.strictObject({ kind: z.literal("off"), reason }),
            ])
            .prefault({ kind: "on" }),
        ),
        type: described(
          "`HTTP_PROXY` hands requests and answers on as they are. `HTTP`, for REST APIs alone, answers 200 and " +
            "`application/json` whatever the host answered, its errors too.",
          z.enum(["HTTP_PROXY", "HTTP"]).default("HTTP_PROXY"),
        ),
      }),
    ),
  ])
  .prefault({ kind: "workload" });

export const apiGatewayRouteSchema = described(
  "A route through an API of `apis`.",
  z.strictObject({
    kind: z.literal("api-gateway"),
    name: described("Tells routes of one workload apart. Default: none.", dnsLabel.optional()),
    api: described("Name of the API in `apis`.", z.string().min(1)),
    path: described("Path of the API; reaches the workload as it is, without the stage in front.", apiPath),
    match: described("Which calls are the route's. Default: those of the path and of everything below it.", match),
    integration: described("What answers. Default: the workload.", integration),
    listenerPort: described(
      "Port of the load balancer's listener for this workload; workloads that share an API differ in it. Default: " +
        "the port of the Service.",
      port.optional(),
    ),
    authorization: described(
      "Who may call, where this differs from the API. Default: as the API has it.",
      routeAuthorization.optional(),
    ),
    apiKeyRequired: described(
      "Whether a call needs an API key of the API's usage plan. Default: true where the API has a usage plan.",
      z.boolean().optional(),
    ),
    timeoutMilliseconds: described(
      "How long the workload may take. Default: 29000 for a REST API, 30000 for an HTTP API, AWS's own limits.",
      z.number().int().min(50).optional(),
    ),
  }),
);

export type ApiGatewayRoute = z.output<typeof apiGatewayRouteSchema>;
