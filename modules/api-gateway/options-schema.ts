import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, hostname, reason, retentionDays } from "../schema/primitives";

export const throttling = z.strictObject({
  /** Calls a second, in the long run. Default: 1000; AWS gives an account 10,000 a region for all its APIs. */
  rateLimit: z.number().min(1).default(1000),
  /** Calls at once. Default: 500. */
  burstLimit: z.number().int().min(1).default(500),
});

/** One JSON line a call in CloudWatch Logs. */
const accessLogs = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("on"),
      /** In days. Default: 90. */
      retentionDays: retentionDays.default(90),
    }),
    z.strictObject({ kind: z.literal("off"), reason }),
  ])
  .prefault({ kind: "on" });

const customDomain = z.strictObject({
  /** Such as `api.example.com`. */
  name: hostname.refine((name) => !name.includes("*"), "a custom domain is one name, without *"),
  /** ACM certificate: of us-east-1 for an EDGE API, of the API's own region for every other. */
  certificateArn: arn,
  /** Domain name of the zone in `dns.zones` that gets the alias record. */
  zone: hostname,
  /** First part of the path, which is cut off before routes are looked up. Default: none. */
  basePath: z
    .string()
    .regex(/^[A-Za-z0-9$_.+!*'()-]+$/, "a base path is one segment without slashes")
    .register(examples, { example: "v1" })
    .optional(),
});

export const stageName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, "a stage's name has letters, digits, hyphens and underscores, at most 128")
  .register(examples, { example: "live" });

/** What both kinds of API have. */
export const commonApiOptions = {
  /** What the console shows. Default: none. */
  description: z.string().min(1).max(1024).optional(),
  accessLogs,
  /** Default: 1000 calls a second, 500 at once. */
  throttling: throttling.prefault({}),
  /** Metrics of each method or route in CloudWatch, which cost money, beside those of the stage. Default: true. */
  detailedMetrics: z.boolean().default(true),
  /** Default: none. */
  customDomain: customDomain.optional(),
  /** Whether the name `<id>.execute-api.<region>.amazonaws.com` is refused, so that only the custom domain is left. Default: false. */
  disableExecuteApiEndpoint: z.boolean().default(false),
};

export type CustomDomainOptions = z.output<typeof customDomain>;
