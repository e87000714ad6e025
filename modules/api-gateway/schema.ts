import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { iamAuthorization, jwtAuthorization, lambdaAuthorization, noAuthorization } from "./authorization-schema";
import { commonApiOptions, stageName } from "./options-schema";
import { restApi } from "./rest-schema";

const cors = z.strictObject({
  allowOrigins: described(
    "Origins such as `https://shop.example.com`, or `*`.",
    z
      .array(
        z
          .string()
          .regex(/^(\*|https?:\/\/[^\s/]+)$/, "an origin looks like https://shop.example.com, or is *")
          .register(examples, { example: "https://shop.example.com" }),
      )
      .min(1),
  ),
  allowMethods: described(
    "Methods that pages of these origins may call.",
    z
      .array(z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "*"]))
      .min(1)
      .default(["GET", "HEAD", "OPTIONS"]),
  ),
  allowHeaders: described("Headers that their requests may have.", z.array(z.string().min(1)).default([])),
  exposeHeaders: described("Headers of the answer that they may read.", z.array(z.string().min(1)).default([])),
  allowCredentials: described("Whether browsers send cookies and `Authorization`.", z.boolean().default(false)),
  maxAgeSeconds: described(
    "How long browsers may remember the answer, in seconds.",
    z.number().int().min(0).max(86400).default(300),
  ),
});

const httpApi = z.strictObject({
  kind: z.literal("http"),
  ...commonApiOptions,
  authorization: described(
    "Who may call. Default: whom IAM lets.",
    z
      .discriminatedUnion("kind", [iamAuthorization, jwtAuthorization, lambdaAuthorization, noAuthorization])
      .prefault({ kind: "AWS_IAM" }),
  ),
  stage: described(
    "The one stage of the API.",
    z
      .strictObject({
        name: described(
          "Name of the stage; `$default` adds nothing to the path.",
          z.union([z.literal("$default"), stageName]).default("$default"),
        ),
        description: described("What the console shows of the stage. Default: nothing.", z.string().min(1).optional()),
      })
      .prefault({}),
  ),
  cors: described("Answers to browsers of other origins. Default: none.", cors.optional()),
});

export const apiSchema = described(
  "An API that routes of kind `api-gateway` name; several workloads share it.",
  z.discriminatedUnion("kind", [
    described("A REST API.", restApi),
    described("An HTTP API: cheaper, with fewer features.", httpApi),
  ]),
);

export const apisSchema = z
  .record(
    z
      .string()
      .regex(
        /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
        "an API's name has lower-case letters, digits and hyphens, at most 40, and begins with a letter",
      )
      .register(examples, { example: "orders" }),
    apiSchema,
  )
  .default({});

export const apiGatewaySchema = described(
  "What API Gateway keeps once for an account and region.",
  z.strictObject({
    logsRole: described(
      "Role that REST APIs write logs to CloudWatch with. `existing`: the account has it. `create`: made and set " +
        "here, in one environment of an account and region, since whoever sets it sets it for all; without any, a " +
        "stage with logs is refused.",
      z.enum(["existing", "create"]).default("existing"),
    ),
  }),
);

export type Apis = z.output<typeof apisSchema>;
export type ApiGatewayOptions = z.output<typeof apiGatewaySchema>;
export type Api = z.output<typeof apiSchema>;
export type HttpApiOptions = z.output<typeof httpApi>;
