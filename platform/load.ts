import { endedWaivers } from "../modules/policies/rules";
import { escapeTemplates } from "../modules/schema/escape";
import type { IsoDate } from "../modules/schema/iso-date";
import { issueProblems } from "../modules/schema/issues";
import { plainDataProblems, withoutInheritance } from "../modules/schema/plain-data";
import { EnvironmentError, type FileProblem } from "../modules/schema/problem";
import { type Environment, environmentSchema } from "./environment";
import type { EnvironmentFile, ParsedFile, Warning } from "./rules/rule";
import { acrossFiles, rules, warners } from "./rules/rules";

/** Parsed environments as their files mean them, with what a reader should know of them. */
export interface Checked {
  readonly environments: readonly Environment[];
  readonly warnings: readonly Warning[];
}

/** What one file turned out to be. */
export interface CheckedFile {
  readonly problems: readonly FileProblem[];
  /** Undefined where the file breaks the schema. */
  readonly parsed?: ParsedFile;
  readonly warnings: readonly Warning[];
}

/**
 * Checks one file, fills in every default and keeps all text as its author wrote it. A file that breaks the schema is
 * held to no further rule.
 *
 * @param today the day that support dates and waivers are measured against, in UTC.
 */
export function checkFile({ file, name, value }: EnvironmentFile, today: IsoDate): CheckedFile {
  const unplain = plainDataProblems(value);
  if (unplain.length > 0) return { problems: unplain.map((problem) => ({ file, problem })), warnings: [] };
  // An empty message marks what no schema words for itself.
  const result = environmentSchema.safeParse(value, { error: () => "" });
  if (!result.success) {
    const found = issueProblems(result.error.issues, { schema: environmentSchema, input: value });
    return { problems: found.map((problem) => ({ file, problem })), warnings: [] };
  }
  const environment = withoutInheritance(result.data);
  const found = [...rules.flatMap((rule) => rule(environment, { name })), ...endedWaivers(environment, today)];
  const problems = found.map((problem) => ({ file, problem }));
  const warnings = problems.length > 0 ? [] : warners.flatMap((warn) => warn(environment, today));
  return { problems, parsed: { file, environment }, warnings: warnings.map((message) => ({ file, message })) };
}

/**
 * Holds checked files to the rules across them.
 *
 * @throws EnvironmentError with all problems of all files
 */
export function checkTogether(files: readonly CheckedFile[]): Checked {
  const parsed = files.flatMap((file) => file.parsed ?? []);
  const problems = [...files.flatMap((file) => file.problems), ...acrossFiles.flatMap((rule) => rule(parsed))];
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    environments: parsed.map(({ environment }) => environment),
    warnings: files.flatMap(({ warnings }) => warnings),
  };
}

/**
 * Checks every file and fills in every default. Text comes back escaped for Terraform, so that it means there what it
 * says here.
 *
 * @param today the day that warnings of support dates are measured against, in UTC; of problems, only waivers depend on it.
 * @throws EnvironmentError with all problems of all files
 */
export function checkEnvironments(files: readonly EnvironmentFile[], today: IsoDate): Checked {
  const { environments, warnings } = readableEnvironments(files, today);
  return { environments: environments.map(escapeTemplates), warnings };
}

/** The same check, with all text as its author wrote it: for people to read, not for Terraform. */
export function readableEnvironments(files: readonly EnvironmentFile[], today: IsoDate): Checked {
  return checkTogether(files.map((file) => checkFile(file, today)));
}
