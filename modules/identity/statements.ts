import type { z } from "zod";
import type { Statement } from "./policy";
import type { statementSchema } from "./schema";

/** Statements of an environment, as IAM's JSON has them. */
export function iamStatements(statements: readonly z.output<typeof statementSchema>[]): readonly Statement[] {
  return statements.map(({ actions, resources, conditions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  }));
}
