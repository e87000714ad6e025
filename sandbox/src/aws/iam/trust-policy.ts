import { z } from "zod";

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const statement = z.looseObject({
  Effect: z.string(),
  Principal: z.union([z.string(), z.looseObject({ Service: oneOrMore.optional(), Federated: oneOrMore.optional() })]),
  Action: oneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
});
const trustPolicy = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });

export type TrustStatement = z.infer<typeof statement>;

/** Who asks to be let into a role with a token of a Kubernetes service account. */
export interface WebIdentity {
  /** The token's subject, `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** The statements of a trust policy, as IAM answers with it: JSON, perhaps percent-encoded. */
export function trustStatements(text: string): readonly TrustStatement[] {
  return list(trustPolicy.parse(JSON.parse(text.startsWith("%") ? decodeURIComponent(text) : text)).Statement);
}

/** Whether some statement lets an AWS service do an action with the role. */
export function trustsService(statements: readonly TrustStatement[], service: string, action: string): boolean {
  return statements.some(
    ({ Effect, Principal, Action }) =>
      Effect === "Allow" &&
      typeof Principal !== "string" &&
      list(Principal.Service ?? []).includes(service) &&
      list(Action).some((allowed) => matches(allowed, action)),
  );
}

/**
 * The ARNs of the OIDC providers whose tokens some statement takes from this identity. Conditions count on the token's
 * subject and audience, under whatever issuer; any other condition is taken as met.
 */
export function providersTrustedFor(statements: readonly TrustStatement[], identity: WebIdentity): readonly string[] {
  return statements.flatMap(({ Effect, Principal, Action, Condition }) => {
    const providers = typeof Principal === "string" ? [] : list(Principal.Federated ?? []);
    const allowed = Effect === "Allow" && list(Action).some((one) => matches(one, "sts:AssumeRoleWithWebIdentity"));
    return allowed ? providers.filter((provider) => meets(Condition, issuerOf(provider), identity)) : [];
  });
}

function meets(condition: TrustStatement["Condition"], issuer: string, { subject, audiences }: WebIdentity): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const values = key === `${issuer}:sub` ? [subject] : key === `${issuer}:aud` ? audiences : undefined;
      if (values === undefined) {
        // A key of another issuer is in no token of this one.
        return !/:(sub|aud)$/.test(key);
      }
      const pattern = (one: string, value: string) => (operator.endsWith("Like") ? matches(one, value) : one === value);
      return values.some((value) => list(wanted).some((one) => pattern(one, value)));
    }),
  );
}

/** `oidc.eks.<region>.amazonaws.com/id/<ID>`, the issuer without its scheme. */
function issuerOf(providerArn: string): string {
  return providerArn.split(":oidc-provider/")[1] ?? "";
}

function matches(pattern: string, value: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value);
}

function list<Item>(value: Item | Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value];
}
