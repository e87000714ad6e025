import type { PolicyDocument, Statement } from "../identity/policy";

/** Characters of a managed policy, without white space. Source: IAM user guide, "IAM and AWS STS quotas". */
const longestPolicy = 6144;

const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === "string" ? [Action] : Action);

/**
 * What reads and changes nothing, by the verb that AWS's names begin with. API Gateway's actions are methods of HTTP.
 * `sts:AssumeRole` and its like are in no such list, so a plan takes no other role.
 */
const reads = /^[a-z0-9-]+:(Get|List|Describe|BatchGet|BatchCheck|Search|Lookup|GET$)/;

/** The statements of a policy that a plan needs: its reading calls, on the same resources. */
export function readingPart({ Version, Statement: statements }: PolicyDocument): PolicyDocument {
  return {
    Version,
    Statement: statements.flatMap((statement) => {
      const action = actionsOf(statement).filter((name) => reads.test(name));
      return action.length === 0 ? [] : [{ ...statement, Action: action }];
    }),
  };
}

/** A policy as several, each short enough for a managed policy; statements stay whole where one fits. */
export function managedPolicies({ Version, Statement: statements }: PolicyDocument): readonly PolicyDocument[] {
  const parts: Statement[][] = [];
  for (const statement of statements.flatMap(fitting)) {
    const last = parts.at(-1);
    if (last !== undefined && lengthOf([...last, statement]) <= longestPolicy) last.push(statement);
    else parts.push([statement]);
  }
  return parts.map((part) => ({ Version, Statement: part }));
}

/** A statement, halved by its actions until each part fits. */
function fitting(statement: Statement): readonly Statement[] {
  const actions = actionsOf(statement);
  if (lengthOf([statement]) <= longestPolicy || actions.length < 2) return [statement];
  const middle = Math.ceil(actions.length / 2);
  return [actions.slice(0, middle), actions.slice(middle)].flatMap((Action) => fitting({ ...statement, Action }));
}

function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }).length;
}
