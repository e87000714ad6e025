import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, reason } from "../schema/primitives";

/** A call that nobody has to sign. */
export const noAuthorization = z.strictObject({ kind: z.literal("NONE"), reason });

/** A call signed with AWS credentials; who may call is up to IAM and to the resource policy. */
export const iamAuthorization = z.strictObject({ kind: z.literal("AWS_IAM") });

/** A token of a Cognito user pool, in the header `Authorization`. REST APIs only. */
export const cognitoAuthorization = z.strictObject({
  kind: z.literal("COGNITO_USER_POOLS"),
  userPoolArns: z.array(arn).min(1, "a Cognito authorizer needs a user pool or more"),
  /** Scopes of an access token, one of which it must have. Default: none, so that an identity token is expected. */
  scopes: z.array(z.string().min(1)).default([]),
});

/** A token of an OpenID Connect issuer, in the header `Authorization`. HTTP APIs only. */
export const jwtAuthorization = z.strictObject({
  kind: z.literal("JWT"),
  /** Issuer with `https://`, as its tokens have it in `iss`. */
  issuer: z
    .string()
    .regex(/^https:\/\/\S+$/, "an issuer is an https:// address")
    .register(examples, { example: "https://login.example.com" }),
  /** What a token's `aud` or `client_id` must be one of. */
  audience: z.array(z.string().min(1)).min(1, "a JWT authorizer needs an audience or more"),
  /** Scopes one of which a token must have. Default: none. */
  scopes: z.array(z.string().min(1)).default([]),
});

/** Who may call, where a route differs from its API. */
export const routeAuthorization = z.discriminatedUnion("kind", [
  iamAuthorization,
  cognitoAuthorization,
  jwtAuthorization,
  noAuthorization,
]);
export type Authorization = z.output<typeof routeAuthorization>;
