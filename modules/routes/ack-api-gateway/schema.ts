import { z } from "zod";
import { iamAuthorization, jwtAuthorization, noAuthorization } from "../../api-gateway/authorization-schema";
import { described } from "../../schema/descriptions";
import { examples } from "../../schema/examples";
import { dnsLabel, port, reason, retentionDays } from "../../schema/primitives";

/** Default time that an HTTP API waits, in milliseconds. Source: API Gateway quotas, "Maximum integration timeout". */
const longestMilliseconds = 30_000;

export const ackApiGatewayRouteSchema = described(
  "A route through an HTTP API of its own that ACK makes.",
  z.strictObject({
    kind: z.literal("ack-api-gateway"),
    name: described(
      "Name of the API and of its resources in the cluster. Default: the workload's name.",
      dnsLabel.optional(),
    ),
    path: described(
      "The path and everything below it; reaches the workload as it is.",
      z
        .string()
        .regex(
          /^\/([A-Za-z0-9._:-]+(\/[A-Za-z0-9._:-]+)*)?$/,
          "a path of an API begins with / and does not end with it; its parts have letters, digits and . _ : -",
        )
        .register(examples, { example: "/orders" })
        .default("/"),
    ),
    authorization: described(
      "Who may call. Default: whom IAM lets.",
      z.discriminatedUnion("kind", [iamAuthorization, jwtAuthorization, noAuthorization]).prefault({ kind: "AWS_IAM" }),
    ),
    stage: described(
      "Name of the stage; `$default` adds nothing to the path.",
      z
        .string()
        .regex(
          /^(\$default|[A-Za-z0-9_-]{1,128})$/,
          "a stage is $default, or letters, digits, hyphens and underscores, at most 128",
        )
        .register(examples, { example: "prod" })
        .default("$default"),
    ),
    listenerPort: described(
      "Port of the internal load balancer's listener. Default: the port of the Service.",
      port.optional(),
    ),
    throttling: described(
      "How many calls the API takes. Default: 1000 calls a second, 500 at once.",
      z
        .strictObject({
          rateLimit: described("Calls a second, in the long run.", z.number().min(1).default(1000)),
          burstLimit: described("Calls at once.", z.number().int().min(1).default(500)),
        })
        .prefault({}),
    ),
    accessLogs: described(
      "One JSON line a call in CloudWatch Logs.",
      z
        .discriminatedUnion("kind", [
          z.strictObject({
            kind: z.literal("on"),
            retentionDays: described("How long they are kept, in days.", retentionDays.default(90)),
          }),
          z.strictObject({ kind: z.literal("off"), reason }),
        ])
        .prefault({ kind: "on" }),
    ),
    timeoutMilliseconds: described(
      'How long the workload may take; the default is API Gateway\'s own limit. Source: API Gateway quotas, "Maximum integration timeout".',
      z.number().int().min(50).max(longestMilliseconds).default(longestMilliseconds),
    ),
  }),
);

export type AckApiGatewayRoute = z.output<typeof ackApiGatewayRouteSchema>;
