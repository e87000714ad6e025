import { z } from "zod";
import { iamAuthorization, jwtAuthorization, noAuthorization } from "../../api-gateway/authorization-schema";
import { examples } from "../../schema/examples";
import { dnsLabel, port, reason, retentionDays } from "../../schema/primitives";

/** Default time that an HTTP API waits, in milliseconds. Source: API Gateway quotas, "Maximum integration timeout". */
const longestMilliseconds = 30_000;

/** A route through an HTTP API of its own that ACK makes. */
export const ackApiGatewayRouteSchema = z.strictObject({
  kind: z.literal("ack-api-gateway"),
  /** Name of the API and of its resources in the cluster. Default: the workload's name. */
  name: dnsLabel.optional(),
  /** The path and everything below it; reaches the workload as it is. Default: `/`. */
  path: z
    .string()
    .regex(
      /^\/([A-Za-z0-9._:-]+(\/[A-Za-z0-9._:-]+)*)?$/,
      "a path of an API begins with / and does not end with it; its parts have letters, digits and . _ : -",
    )
    .register(examples, { example: "/orders" })
    .default("/"),
  /** Who may call. Default: whom IAM lets. */
  authorization: z
    .discriminatedUnion("kind", [iamAuthorization, jwtAuthorization, noAuthorization])
    .prefault({ kind: "AWS_IAM" }),
  /** `$default` adds nothing to the path. Default: `$default`. */
  stage: z
    .string()
    .regex(
      /^(\$default|[A-Za-z0-9_-]{1,128})$/,
      "a stage is $default, or letters, digits, hyphens and underscores, at most 128",
    )
    .register(examples, { example: "prod" })
    .default("$default"),
  /** Port of the internal load balancer's listener. Default: the port of the Service. */
  listenerPort: port.optional(),
  /** Calls a second in the long run, and at once. Default: 1000 and 500. */
  throttling: z
    .strictObject({
      /** Default: 1000. */
      rateLimit: z.number().min(1).default(1000),
      /** Default: 500. */
      burstLimit: z.number().int().min(1).default(500),
    })
    .prefault({}),
  /** One JSON line a call in CloudWatch Logs. */
  accessLogs: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("on"),
        /** In days. Default: 90. */
        retentionDays: retentionDays.default(90),
      }),
      z.strictObject({ kind: z.literal("off"), reason }),
    ])
    .prefault({ kind: "on" }),
  /** How long the workload may take. Default: 30000, API Gateway's own limit. */
  timeoutMilliseconds: z.number().int().min(50).max(longestMilliseconds).default(longestMilliseconds),
});

export type AckApiGatewayRoute = z.output<typeof ackApiGatewayRouteSchema>;
