import { z } from "zod";
import { certificateName } from "../certificates/choice";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, domainName, reason, retentionDays } from "../schema/primitives";
import { trustStoreName } from "../trust-stores/schema";

export const throttling = z.strictObject({
  rateLimit: described(
    "Calls a second, in the long run; AWS gives an account 10,000 a region for all its APIs.",
    z.number().min(1).default(1000),
  ),
  burstLimit: described("Calls at once.", z.number().int().min(1).default(500)),
});

const accessLogs = described(
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
);

const customDomain = z.strictObject({
  name: described("Name of the domain, such as `api.example.com`.", domainName),
  certificate: described(
    "One of `certificates`, by name; made in us-east-1 for an EDGE API. Default: none.",
    certificateName.optional(),
  ),
  certificateArn: described(
    "ACM certificate made elsewhere, in the place of `certificate`: of us-east-1 for an EDGE API, of the API's own " +
      "region for every other. Default: none.",
    arn.optional(),
  ),
  clientCertificates: trustStoreName.optional(),
  zone: described("Domain name of the zone in `dns.zones` that gets the alias record.", domainName),
  basePath: described(
    "First part of the path, which is cut off before routes are looked up. Default: none.",
    z
      .string()
      .regex(/^[A-Za-z0-9$_.+!*'()-]+$/, "a base path is one segment without slashes")
      .register(examples, { example: "v1" })
      .optional(),
  ),
});

export const stageName = described(
  "Name of a stage.",
  z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, "a stage's name has letters, digits, hyphens and underscores, at most 128")
    .register(examples, { example: "live" }),
);

/** What both kinds of API have. */
export const commonApiOptions = {
  description: described(
    "What the console shows of the API. Default: nothing.",
    z.string().min(1).max(1024).optional(),
  ),
  accessLogs,
  throttling: described(
    "How many calls the API takes. Default: 1000 calls a second, 500 at once.",
    throttling.prefault({}),
  ),
  detailedMetrics: described(
    "Metrics of each method or route in CloudWatch, which cost money, beside those of the stage.",
    z.boolean().default(true),
  ),
  customDomain: described("A domain name of the API's own. Default: none.", customDomain.optional()),
  disableExecuteApiEndpoint: described(
    "Whether the name `<id>.execute-api.<region>.amazonaws.com` is refused, so that only the custom domain is left.",
    z.boolean().default(false),
  ),
};

export type CustomDomainOptions = z.output<typeof customDomain>;
