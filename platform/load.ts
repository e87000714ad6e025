import { escapeTemplates } from "../modules/schema/escape";
import type { IsoDate } from "../modules/schema/iso-date";
import { issueProblems } from "../modules/schema/issues";
import { EnvironmentError, type FileProblem } from "../modules/schema/problem";
import { type Environment, environmentSchema } from "./environment";
import type { EnvironmentFile, ParsedFile, Warning } from "./rules/rule";
import { acrossFiles, rules, warners } from "./rules/rules";

/** Parsed environments as their files mean them, with what a reader should know of them. */
export interface Checked {
  readonly environments: readonly Environment[];
  readonly warnings: readonly Warning[];
}

/**
 * Checks every file and fills in every default. Text comes back escaped for Terraform, so that it means there what it
 * says here.
 *
 * @param today the day that warnings of support dates are measured against, in UTC; no problem depends on it.
 * @throws EnvironmentError with all problems of all files. A file that breaks the schema is held to no further rule.
 */
export function checkEnvironments(files: readonly EnvironmentFile[], today: IsoDate): Checked {
  const { environments, warnings } = readableEnvironments(files, today);
  return { environments: environments.map(escapeTemplates), warnings };
}

/** The same check, with all text as its author wrote it: for people to read, not for Terraform. */
export function readableEnvironments(files: readonly EnvironmentFile[], today: IsoDate): Checked {
  const problems: FileProblem[] = [];
  const parsed: ParsedFile[] = [];
  for (const { file, name, value } of files) {
    // An empty message marks what no schema words for itself.
    const result = environmentSchema.safeParse(value, { error: () => "" });
    const found = result.success
      ? rules.flatMap((rule) => rule(result.data, { name }))
      : issueProblems(result.error.issues, { schema: environmentSchema, input: value });
    problems.push(...found.map((problem) => ({ file, problem })));
    if (result.success) parsed.push({ file, environment: result.data });
  }
  problems.push(...acrossFiles.flatMap((rule) => rule(parsed)));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    environments: parsed.map(({ environment }) => environment),
    warnings: parsed.flatMap(({ file, environment }) =>
      warners.flatMap((warn) => warn(environment, today).map((message) => ({ file, message }))),
    ),
  };
}
