import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, dnsLabel } from "../schema/primitives";

const httpsAddress = (example: string) =>
  z
    .string()
    .regex(/^https:\/\/[^\s"]+$/, "it is an https:// address")
    .register(examples, { example });

const session = {
  scope: described(
    "Scopes that are asked of the identity provider, separated by spaces.",
    z.string().min(1).default("openid"),
  ),
  sessionSeconds: described(
    "How long a sign-in counts, in seconds, at most a week.",
    z.number().int().min(1).max(604_800).default(604_800),
  ),
  unauthenticated: described(
    "What becomes of a caller who has not signed in: `authenticate` sends a browser to sign in, `deny` answers 401, as " +
      "programs expect it.",
    z.enum(["authenticate", "deny"]).default("authenticate"),
  ),
};

const oidc = described(
  "Whoever signs in at an OpenID Connect provider.",
  z.strictObject({
    kind: z.literal("oidc"),
    issuer: described("Issuer, as its tokens have it in `iss`.", httpsAddress("https://login.example.com")),
    authorizationEndpoint: described(
      "Where browsers sign in.",
      httpsAddress("https://login.example.com/oauth2/authorize"),
    ),
    tokenEndpoint: described(
      "Where the load balancer gets tokens.",
      httpsAddress("https://login.example.com/oauth2/token"),
    ),
    userInfoEndpoint: described(
      "Where it gets what is said of a user.",
      httpsAddress("https://login.example.com/oauth2/userInfo"),
    ),
    secretName: described(
      "Secret in the workload's namespace with `clientID` and `clientSecret`, so that neither is in a state: made from " +
        "`client`, or elsewhere. The load balancer controller may read this one Secret.",
      dnsLabel,
    ),
    client: described(
      "Where id and secret of the client are kept, from which External Secrets makes the Secret and keeps it the same. " +
        "Default: nowhere that is known here; the Secret is made elsewhere.",
      z.strictObject({
        secret: described(
          "Name of a secret of Secrets Manager, JSON with `clientID` and `clientSecret`; it begins with what " +
            "`controllers.externalSecrets` may read, by default the name of the cluster, and a slash.",
          z
            .string()
            .regex(
              /^[A-Za-z0-9_.+=@-]+(\/[A-Za-z0-9_.+=@-]+)+$/,
              "a secret's name has letters, digits and _ . + = @ - in two parts or more, with / between them",
            )
            .register(examples, { example: "dev/login" }),
        ),
      }),
    ).optional(),
    ...session,
  }),
);

const cognito = described(
  "Whoever signs in at a Cognito user pool.",
  z.strictObject({
    kind: z.literal("cognito"),
    userPoolArn: described("ARN of the user pool.", arn),
    userPoolClientId: described("Client of the pool, one with a secret.", z.string().min(1)),
    userPoolDomain: described(
      "Domain of the pool's sign-in pages: the prefix of one at amazoncognito.com, or a whole domain of your own.",
      z.string().min(1),
    ),
    ...session,
  }),
);

const jwt = described(
  "Programs that send a signed token in the header `Authorization`; its issuer, its end and the claims below are checked.",
  z.strictObject({
    kind: z.literal("jwt"),
    issuer: described("What a token's `iss` must be.", httpsAddress("https://login.example.com")),
    jwksEndpoint: described("Where the issuer's keys are.", httpsAddress("https://login.example.com/jwks.json")),
    claims: described(
      "What a token must claim besides, all of it.",
      z
        .array(
          z.strictObject({
            name: described("Name of the claim.", z.string().min(1).register(examples, { example: "scope" })),
            format: described(
              "How the claim holds its values: one text, a list, or a text of words.",
              z.enum(["single-string", "string-array", "space-separated-values"]),
            ),
            values: described("Values one of which must be there.", z.array(z.string().min(1)).min(1).max(10)),
          }),
        )
        .max(10, "an ALB checks at most 10 claims")
        .default([]),
    ),
  }),
);

export const callersSchema = described(
  "Who may call, as the load balancer checks before any pod sees the call; needs a certificate.",
  z
    .discriminatedUnion("kind", [
      described(
        "Everybody who reaches it; the workload itself may ask.",
        z.strictObject({ kind: z.literal("anyone") }),
      ),
      oidc,
      cognito,
      jwt,
    ])
    .prefault({ kind: "anyone" }),
);

export type Callers = z.output<typeof callersSchema>;
export type OidcCallers = Extract<Callers, { readonly kind: "oidc" }>;
