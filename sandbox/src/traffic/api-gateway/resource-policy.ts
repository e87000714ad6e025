import { Netmask } from "netmask";
import { z } from "zod";

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const principal = z.union([z.literal("*"), z.object({ AWS: oneOrMore })]);
const statement = z.looseObject({
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: z.unknown().optional(),
  Action: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
});
const document = z.looseObject({
  Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
});

type Statement = z.infer<typeof statement>;

export interface Invocation {
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`. */
  readonly resource: string;
  /** Undefined for a caller who has not signed. */
  readonly principalArn: string | undefined;
  /** Values of condition keys, such as `aws:SourceIp`. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** What a resource policy says of a call: an explicit answer either way, or nothing. */
export type Verdict = "allow" | "deny" | "nothing";

/** @throws Error where the policy holds what is not evaluated here: a wrong answer would be worse than none */
export function evaluatePolicy(text: string, invocation: Invocation): Verdict {
  const { Statement: statements } = document.parse(JSON.parse(text));
  const held = statements.filter((each) => applies(each, invocation));
  if (held.some(({ Effect }) => Effect === "Deny")) {
    return "deny";
  }
  return held.length > 0 ? "allow" : "nothing";
}

function applies(each: Statement, invocation: Invocation): boolean {
  if (each.NotPrincipal !== undefined) {
    throw new Error("NotPrincipal in a resource policy is not evaluated here");
  }
  const actions = each.Action ?? [];
  return (
    actions.some((action) => like(action, "execute-api:Invoke")) &&
    isPrincipal(each, invocation.principalArn) &&
    (each.Resource ?? ["*"]).some((resource) =>
      like(wholeResource(resource, invocation.resource), invocation.resource),
    ) &&
    !(each.NotResource ?? []).some((resource) =>
      like(wholeResource(resource, invocation.resource), invocation.resource),
    ) &&
    Object.entries(each.Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, invocation.context[key], values)),
    )
  );
}

function isPrincipal({ Principal }: Statement, arn: string | undefined): boolean {
  if (Principal === "*" || Principal?.AWS.includes("*")) {
    return true;
  }
  const account = arn?.split(":")[4];
  return (
    arn !== undefined &&
    (Principal?.AWS ?? []).some((each) => each === arn || each === account || each === `arn:aws:iam::${account}:root`)
  );
}

/** API Gateway takes `execute-api:/stage/METHOD/path` for the API that has the policy. */
function wholeResource(resource: string, invoked: string): string {
  return resource.replace(/^execute-api:\/?/, `${invoked.split("/")[0]}/`);
}

function holds(operator: string, value: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case "IpAddress":
      return value !== undefined && values.some((network) => new Netmask(network).contains(value));
    case "NotIpAddress":
      return value === undefined || !values.some((network) => new Netmask(network).contains(value));
    case "StringEquals":
    case "ArnEquals":
      return value !== undefined && values.includes(value);
    case "StringNotEquals":
      return value === undefined || !values.includes(value);
    case "StringLike":
    case "ArnLike":
      return value !== undefined && values.some((pattern) => like(pattern, value));
    default:
      throw new Error(`the condition ${operator} in a resource policy is not evaluated here`);
  }
}

function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(value);
}
