import { type Context, conditionHolds } from "./conditions";
import { matchesAction, matchesArn } from "./patterns";
import type { PolicyStatement } from "./policy";

/** One thing that a caller needs to be allowed. */
export interface Wanted {
  /** Such as `ec2:CreateTags`. */
  readonly action: string;
  /** An ARN, `*` for an action on no resource, or undefined where the sandbox does not know it: then any will do. */
  readonly resource: string | undefined;
  readonly context: Context;
}

export type Decision = "allowed" | "denied by a statement" | "allowed by no statement";

/**
 * What the policies of an identity say of a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: readonly PolicyStatement[], wanted: Wanted): Decision {
  const applying = statements.filter((statement) => applies(statement, wanted));
  if (applying.some(({ Effect }) => Effect === "Deny")) {
    return "denied by a statement";
  }
  return applying.length > 0 ? "allowed" : "allowed by no statement";
}

function applies(statement: PolicyStatement, { action, resource, context }: Wanted): boolean {
  const { Action, NotAction = [], Resource, NotResource = [], Condition } = statement;
  const isAction = (pattern: string) => matchesAction(pattern, action);
  const isResource = (pattern: string) =>
    resource === undefined || pattern === "*" || matchesArn(filled(pattern, context), resource);
  return (
    (Action === undefined ? !NotAction.some(isAction) : Action.some(isAction)) &&
    (Resource === undefined ? !NotResource.some(isResource) : Resource.some(isResource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        conditionHolds(
          operator,
          key,
          values.map((value) => filled(value, context)),
          context,
        ),
      ),
    )
  );
}

/** A text with its policy variables replaced; one without a value matches nothing, so it stays as it is. */
function filled(text: string, context: Context): string {
  return text.replaceAll(
    /\$\{([^}]+)\}/g,
    (variable, name: string) => context.get(name.toLowerCase())?.[0] ?? variable,
  );
}
