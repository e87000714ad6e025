import { z } from "zod";

/**
 * The grammar of policies, as far as IAM refuses what does not keep to it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const comparisons = [
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map((is) => `String${is}`),
  ...["Numeric", "Date"].flatMap((type) =>
    ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((is) => type + is),
  ),
  ...["Equals", "NotEquals", "Like", "NotLike"].map((is) => `Arn${is}`),
  ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress"],
];
const operator = z
  .string()
  .regex(new RegExp(`^((ForAllValues:|ForAnyValue:)?(${comparisons.join("|")})(IfExists)?|Null)$`));

function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1)]);
}

const conditions = z.record(
  operator,
  z.record(z.string().regex(/^[^\s:]+:\S+$/), oneOrMore(z.union([z.string(), z.boolean(), z.number()]))),
);
const sid = z.string().regex(/^[A-Za-z0-9]*$/);
const actions = oneOrMore(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/));
const resources = oneOrMore(z.string().regex(/^(\*|arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:\S+)$/));
const account = z.string().regex(/^(\d{12}|arn:[^:\s]+:(iam|sts)::\d{12}:\S+|\*)$/);
const principals = z
  .strictObject({
    AWS: oneOrMore(account).optional(),
    Service: oneOrMore(z.string().regex(/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/)).optional(),
    Federated: oneOrMore(z.string()).optional(),
  })
  .refine((principal) => Object.keys(principal).length > 0, "it names nobody");

const statement = { Sid: sid.optional(), Effect: z.enum(["Allow", "Deny"]), Condition: conditions.optional() };

function policy<T extends z.ZodType<{ Sid?: string | undefined }>>(statements: T) {
  return z.strictObject({
    Version: z.literal("2012-10-17"),
    Statement: z
      .array(statements)
      .min(1)
      .refine((all) => {
        const sids = all.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
        return new Set(sids).size === sids.length;
      }, "two statements have one Sid"),
  });
}

/** What a role or user may do. */
const identityPolicy = policy(z.strictObject({ ...statement, Action: actions, Resource: resources }));

/** Who may take on a role. */
const trustPolicy = policy(
  z.strictObject({
    ...statement,
    Action: oneOrMore(z.string().regex(/^sts:(AssumeRole(WithWebIdentity|WithSAML)?|TagSession|SetSourceIdentity)$/)),
    Principal: principals,
  }),
);

/** What IAM would refuse in a policy, each with its path. */
export function faults(kind: "identity" | "trust", document: unknown): readonly string[] {
  const { error } = (kind === "identity" ? identityPolicy : trustPolicy).safeParse(document);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}
