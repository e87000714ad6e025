import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, dnsLabel, port, principalArn, reason } from "../schema/primitives";
import { cognitoAuthorization, iamAuthorization, jwtAuthorization, noAuthorization } from "./authorization-schema";
import { commonApiOptions, stageName, throttling } from "./options-schema";

/** Where callers come in. */
const restEndpoint = z
  .discriminatedUnion("kind", [
    /** Through AWS's edge locations. */
    z.strictObject({ kind: z.literal("EDGE") }),
    z.strictObject({ kind: z.literal("REGIONAL") }),
    /** Through VPC endpoints alone. */
    z.strictObject({
      kind: z.literal("PRIVATE"),
      /** Interface endpoints of `execute-api` that may call. Default: every one in the cluster's own VPC. */
      vpcEndpointIds: z
        .array(
          z
            .string()
            .regex(/^vpce-[0-9a-f]+$/, "a VPC endpoint looks like vpce-0123456789abcdef0")
            .register(examples, { example: "vpce-0123456789abcdef0" }),
        )
        .default([]),
    }),
  ])
  .prefault({ kind: "REGIONAL" });

const usagePlan = z.strictObject({
  /** Limit of each key. Default: the stage's alone. */
  throttling: throttling.optional(),
  /** Calls a key has. Default: no end. */
  quota: z.strictObject({ limit: z.number().int().min(1), period: z.enum(["DAY", "WEEK", "MONTH"]) }).optional(),
  /**
   * Where its keys come from. `outside`: `aws apigateway create-api-key` and `create-usage-plan-key`, with the plan's id
   * from the output `usage_plan_ids`. `in-state`: made here; the value of every key is then readable in the Terraform
   * state and all its backups. Default: `outside`.
   */
  keys: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("outside") }),
      z.strictObject({
        kind: z.literal("in-state"),
        names: z.array(dnsLabel).min(1, "a plan with keys of its own has a key or more"),
        reason,
      }),
    ])
    .prefault({ kind: "outside" }),
});

/**
 * nginx between load balancer and workloads, for what needs its headers: `Host`, `X-Real-IP`, `X-Forwarded-For` and
 * `X-Forwarded-Host`. All routes then share its one listener.
 */
const reverseProxy = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("off") }),
    z.strictObject({
      kind: z.literal("nginx"),
      /** Pods. Default: 3. */
      replicas: z.number().int().min(1).default(3),
      /** Port of the pods and their Service, 1024 or more. Default: 8080. */
      port: port.min(1024, "a process that is not root listens on 1024 or more").default(8080),
      /** An image whose nginx does not start as root. Default: nginxinc/nginx-unprivileged 1.28.0. */
      image: z
        .strictObject({ name: z.string().min(1), tag: z.string().min(1) })
        .default({ name: "nginxinc/nginx-unprivileged", tag: "1.28.0" }),
    }),
  ])
  .prefault({ kind: "off" });

const restApi = z.strictObject({
  kind: z.literal("rest"),
  ...commonApiOptions,
  /** Default: REGIONAL. */
  endpoint: restEndpoint,
  /** Who may call. Default: whom IAM lets. */
  authorization: z
    .discriminatedUnion("kind", [iamAuthorization, cognitoAuthorization, noAuthorization])
    .prefault({ kind: "AWS_IAM" }),
  /** Principals that the resource policy lets call; needs authorization AWS_IAM. Default: none by name. */
  clientArns: z.array(principalArn).default([]),
  /** The same by names of `identity.users`. Default: none. */
  clientUsers: z.array(z.string().min(1)).default([]),
  stage: z
    .strictObject({
      /** First part of the path behind the API's own name. Default: `prod`. */
      name: stageName.default("prod"),
      description: z.string().min(1).optional(),
    })
    .prefault({}),
  deployment: z
    .strictObject({
      /** What the list of deployments shows. Default: none. */
      description: z.string().min(1).optional(),
      /**
       * Any text; a change of it deploys again. Terraform deletes the method of a route that was taken out only after the
       * new deployment stands, so the stage goes on serving it until a second apply with another revision. Default: none.
       */
      revision: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Execution logs of API Gateway itself in CloudWatch. Default: ERROR. */
  executionLogs: z.enum(["OFF", "ERROR", "INFO"]).default("ERROR"),
  /** Whole requests and answers in the execution logs, personal data and tokens among them. Default: off. */
  dataTrace: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("off") }),
      z.strictObject({ kind: z.literal("on"), reason }),
    ])
    .prefault({ kind: "off" }),
  /** X-Ray traces, which cost money. Default: false. */
  tracing: z.boolean().default(false),
  /** Web ACL of WAFv2, scope REGIONAL, of the API's region, in front of the stage. Default: none. */
  webAclArn: arn.optional(),
  /** Limits and quotas for callers with an API key; every method then asks for one. Default: none. */
  usagePlan: usagePlan.optional(),
  /**
   * How the API reaches the load balancer. `v1` works with every provider; AWS calls it legacy. `v2` needs AWS provider
   * 6.25, so it raises the floor. Default: `v1`.
   */
  vpcLink: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("v1") }),
      z.strictObject({
        kind: z.literal("v2"),
        /**
         * Content types of request bodies. A v2 link hands the stage's name on as a part of the path, and what takes it
         * away works for each content type by itself; a call of any other type is refused with 415. Default:
         * `application/json`, which also stands for a call without a body.
         */
        contentTypes: z
          .array(
            z
              .string()
              .regex(/^[a-z]+\/[a-z0-9.+-]+$/, "a content type looks like application/json")
              .register(examples, { example: "application/json" }),
          )
          .min(1)
          .default(["application/json"]),
      }),
    ])
    .prefault({ kind: "v1" }),
  /** Content types that are bytes and no text, such as `image/png`. Default: none. */
  binaryMediaTypes: z.array(z.string().min(1)).default([]),
  reverseProxy,
});

const cors = z.strictObject({
  /** Such as `https://shop.example.com`, or `*`. */
  allowOrigins: z
    .array(
      z
        .string()
        .regex(/^(\*|https?:\/\/[^\s/]+)$/, "an origin looks like https://shop.example.com, or is *")
        .register(examples, { example: "https://shop.example.com" }),
    )
    .min(1),
  /** Default: GET, HEAD and OPTIONS. */
  allowMethods: z
    .array(z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "*"]))
    .min(1)
    .default(["GET", "HEAD", "OPTIONS"]),
  /** Default: none. */
  allowHeaders: z.array(z.string().min(1)).default([]),
  /** Default: none. */
  exposeHeaders: z.array(z.string().min(1)).default([]),
  /** Whether browsers send cookies and `Authorization`. Default: false. */
  allowCredentials: z.boolean().default(false),
  /** How long browsers may remember the answer, in seconds. Default: 300. */
  maxAgeSeconds: z.number().int().min(0).max(86400).default(300),
});

const httpApi = z.strictObject({
  kind: z.literal("http"),
  ...commonApiOptions,
  /** Who may call. Default: whom IAM lets. */
  authorization: z
    .discriminatedUnion("kind", [iamAuthorization, jwtAuthorization, noAuthorization])
    .prefault({ kind: "AWS_IAM" }),
  stage: z
    .strictObject({
      /** `$default` adds nothing to the path. Default: `$default`. */
      name: z.union([z.literal("$default"), stageName]).default("$default"),
      description: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Answers to browsers of other origins. Default: none. */
  cors: cors.optional(),
});

/** An API that routes of kind `api-gateway` name; several workloads share it. */
export const apiSchema = z.discriminatedUnion("kind", [restApi, httpApi]);

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

/** What API Gateway keeps once for an account and region. */
export const apiGatewaySchema = z.strictObject({
  /**
   * Role that REST APIs write logs to CloudWatch with. `existing`: the account has it. `create`: made and set here, in
   * one environment of an account and region, since whoever sets it sets it for all; without any, a stage with logs is
   * refused. Default: `existing`.
   */
  logsRole: z.enum(["existing", "create"]).default("existing"),
});

export type Apis = z.output<typeof apisSchema>;
export type ApiGatewayOptions = z.output<typeof apiGatewaySchema>;
export type Api = z.output<typeof apiSchema>;
export type RestApiOptions = z.output<typeof restApi>;
export type HttpApiOptions = z.output<typeof httpApi>;
