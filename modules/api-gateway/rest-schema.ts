import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, dnsLabel, port, principalArn, reason } from "../schema/primitives";
import { webAclName } from "../web-acls/schema";
import { imageName, imageTag } from "../workloads/container-schema";
import { cognitoAuthorization, iamAuthorization, lambdaAuthorization, noAuthorization } from "./authorization-schema";
import { commonApiOptions, stageName, throttling } from "./options-schema";

const restEndpoint = described(
  "Where callers come in.",
  z
    .discriminatedUnion("kind", [
      described("Through AWS's edge locations.", z.strictObject({ kind: z.literal("EDGE") })),
      described("In the region.", z.strictObject({ kind: z.literal("REGIONAL") })),
      described(
        "Through VPC endpoints alone.",
        z.strictObject({
          kind: z.literal("PRIVATE"),
          vpcEndpointIds: described(
            "Interface endpoints of `execute-api` that may call. Default: every one in the cluster's own VPC.",
            z
              .array(
                z
                  .string()
                  .regex(/^vpce-[0-9a-f]+$/, "a VPC endpoint looks like vpce-0123456789abcdef0")
                  .register(examples, { example: "vpce-0123456789abcdef0" }),
              )
              .default([]),
          ),
        }),
      ),
    ])
    .prefault({ kind: "REGIONAL" }),
);

const usagePlan = z.strictObject({
  throttling: described("Limit of each key. Default: the stage's alone.", throttling.optional()),
  quota: described(
    "Calls a key has. Default: no end.",
    z
      .strictObject({
        limit: described("Number of calls.", z.number().int().min(1)),
        period: described("In which time.", z.enum(["DAY", "WEEK", "MONTH"])),
      })
      .optional(),
  ),
  keys: described(
    "Where its keys come from. `outside`: `aws apigateway create-api-key` and `create-usage-plan-key`, with the " +
      "plan's id from the output `usage_plan_ids`. `in-state`: made here; the value of every key is then readable " +
      "in the Terraform state and all its backups.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("outside") }),
        z.strictObject({
          kind: z.literal("in-state"),
          names: described(
            "Names of the keys.",
            z
              .array(dnsLabel)
              .min(1, "a plan with keys of its own has a key or more")
              .refine((names) => new Set(names).size === names.length, {
                error: "a key stands in the list once",
                params: { remedy: "take out the one that is there twice, or rename it" },
              }),
          ),
          reason,
        }),
      ])
      .prefault({ kind: "outside" }),
  ),
});

const reverseProxy = described(
  "nginx between load balancer and workloads, for what needs its headers: `Host`, `X-Real-IP`, `X-Forwarded-For` " +
    "and `X-Forwarded-Host`. All routes then share its one listener.",
  z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("off") }),
      z.strictObject({
        kind: z.literal("nginx"),
        replicas: described("Pods.", z.number().int().min(1).default(3)),
        port: described(
          "Port of the pods and their Service, 1024 or more.",
          port.min(1024, "a process that is not root listens on 1024 or more").default(8080),
        ),
        image: described(
          "An image whose nginx does not start as root.",
          z
            .strictObject({
              name: described("Repository, with its registry in front.", imageName),
              tag: described("Tag.", imageTag),
            })
            .default({ name: "nginxinc/nginx-unprivileged", tag: "1.28.0" }),
        ),
      }),
    ])
    .prefault({ kind: "off" }),
);

export const restApi = z.strictObject({
  kind: z.literal("rest"),
  ...commonApiOptions,
  endpoint: restEndpoint,
  authorization: described(
    "Who may call. Default: whom IAM lets.",
    z
      .discriminatedUnion("kind", [iamAuthorization, cognitoAuthorization, lambdaAuthorization, noAuthorization])
      .prefault({ kind: "AWS_IAM" }),
  ),
  clientArns: described(
    "Principals that the resource policy lets call; needs authorization AWS_IAM. Default: none by name.",
    z.array(principalArn).default([]),
  ),
  clientUsers: described("The same by names of `identity.users`.", z.array(z.string().min(1)).default([])),
  stage: described(
    "The one stage of the API.",
    z
      .strictObject({
        name: described("First part of the path behind the API's own name.", stageName.default("prod")),
        description: described("What the console shows of the stage. Default: nothing.", z.string().min(1).optional()),
      })
      .prefault({}),
  ),
  deployment: described(
    "The deployment that the stage serves.",
    z
      .strictObject({
        description: described("What the list of deployments shows. Default: none.", z.string().min(1).optional()),
        revision: described(
          "Any text; a change of it deploys again, where something changed that Terraform did not make. Default: none.",
          z.string().min(1).optional(),
        ),
      })
      .prefault({}),
  ),
  executionLogs: described(
    "Execution logs of API Gateway itself in CloudWatch.",
    z.enum(["OFF", "ERROR", "INFO"]).default("ERROR"),
  ),
  dataTrace: described(
    "Whole requests and answers in the execution logs, personal data and tokens among them.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("off") }),
        z.strictObject({ kind: z.literal("on"), reason }),
      ])
      .prefault({ kind: "off" }),
  ),
  tracing: described("X-Ray traces, which cost money.", z.boolean().default(false)),
  webAcl: webAclName.optional(),
  webAclArn: described(
    "Web ACL of WAFv2, scope REGIONAL, of the API's region, in front of the stage. Default: none.",
    arn.optional(),
  ),
  usagePlan: described(
    "Limits and quotas for callers with an API key; every method then asks for one. Default: none.",
    usagePlan.optional(),
  ),
  vpcLink: described(
    "How the API reaches the load balancer. `v1` works with every provider; AWS calls it legacy. `v2` needs AWS " +
      "provider 6.25, so it raises the floor.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("v1") }),
        z.strictObject({
          kind: z.literal("v2"),
          contentTypes: described(
            "Content types of request bodies. A v2 link hands the stage's name on as a part of the path, and what " +
              "takes it away works for each content type by itself; a call of any other type is refused with 415. `application/json` " +
              "also stands for a call without a body.",
            z
              .array(
                z
                  .string()
                  .regex(/^[a-z]+\/[a-z0-9.+-]+$/, "a content type looks like application/json")
                  .register(examples, { example: "application/json" }),
              )
              .min(1)
              .default(["application/json"]),
          ),
        }),
      ])
      .prefault({ kind: "v1" }),
  ),
  binaryMediaTypes: described(
    "Content types that are bytes and no text, such as `image/png`.",
    z
      .array(
        z
          .string()
          .regex(/^[\w.+*-]+\/[\w.+*-]+$/, "a content type looks like image/png, or */* for all")
          .register(examples, { example: "image/png" }),
      )
      .default([]),
  ),
  reverseProxy,
});

export type RestApiOptions = z.output<typeof restApi>;
