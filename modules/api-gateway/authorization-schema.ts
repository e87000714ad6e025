import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, reason } from "../schema/primitives";

export const noAuthorization = described(
  "A call that nobody has to sign.",
  z.strictObject({ kind: z.literal("NONE"), reason }),
);

export const iamAuthorization = described(
  "A call signed with AWS credentials; who may call is up to IAM and to the resource policy.",
  z.strictObject({ kind: z.literal("AWS_IAM") }),
);

export const cognitoAuthorization = described(
  "A token of a Cognito user pool, in the header `Authorization`. REST APIs only.",
  z.strictObject({
    kind: z.literal("COGNITO_USER_POOLS"),
    userPoolArns: described(
      "ARNs of the user pools.",
      z.array(arn).min(1, "a Cognito authorizer needs a user pool or more"),
    ),
    scopes: described(
      "Scopes of an access token, one of which it must have. Default: none, so that an identity token is expected.",
      z.array(z.string().min(1)).default([]),
    ),
  }),
);

export const jwtAuthorization = described(
  "A token of an OpenID Connect issuer, in the header `Authorization`. HTTP APIs only.",
  z.strictObject({
    kind: z.literal("JWT"),
    issuer: described(
      "Issuer with `https://`, as its tokens have it in `iss`.",
      z
        .string()
        .regex(/^https:\/\/\S+$/, "an issuer is an https:// address")
        .register(examples, { example: "https://login.example.com" }),
    ),
    audience: described(
      "What a token's `aud` or `client_id` must be one of.",
      z.array(z.string().min(1)).min(1, "a JWT authorizer needs an audience or more"),
    ),
    scopes: described("Scopes one of which a token must have.", z.array(z.string().min(1)).default([])),
  }),
);

export const lambdaAuthorization = described(
  "A Lambda function that is asked of each call: by its headers, path and query.",
  z.strictObject({
    kind: z.literal("LAMBDA"),
    functionArn: described(
      "ARN of the function, which is made elsewhere; API Gateway gets leave to invoke it here.",
      arn,
    ),
    identityHeaders: described(
      "Headers that a caller has to send; a call without one is refused before the function is asked, and answers are kept " +
        "by their values.",
      z.array(z.string().min(1)).min(1).default(["Authorization"]),
    ),
    keptSeconds: described(
      "How long an answer goes for calls with the same headers, in seconds; 0 asks each time.",
      z.number().int().min(0).max(3600).default(300),
    ),
  }),
);

export const routeAuthorization = described(
  "Who may call, where a route differs from its API.",
  z.discriminatedUnion("kind", [
    iamAuthorization,
    cognitoAuthorization,
    jwtAuthorization,
    lambdaAuthorization,
    noAuthorization,
  ]),
);
export type Authorization = z.output<typeof routeAuthorization>;
