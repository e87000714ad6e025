import type { z } from "zod";
import { assertNever } from "./assert-never";
import { exampleOf } from "./examples";
import { type IssueContext, meantKey, objectAt, unknownKey } from "./issue-keys";
import { exampleRemedy, fieldExample, noBranchFits, wrongKind } from "./issue-unions";
import { formatPath, formatValue, type Problem } from "./problem";
import { allowedValues, branchesOf, fieldsOf, keySchemaAt, standingAt, valueAt } from "./schema-keys";
import { nearest, oneOf } from "./suggest";

type Issue = z.core.$ZodIssue;

/** What zod found, in the four parts of a problem. A schema's own message is the rule; others are worded here. */
export function issueProblems(issues: readonly Issue[], context: IssueContext): readonly Problem[] {
  const misspelt = new Set(
    issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.flatMap((key) => {
            const meant = meantKey(issue.path, key, context);
            return meant === undefined ? [] : [formatPath([...issue.path, meant])];
          })
        : [],
    ),
  );
  return issues
    .filter((issue) => !(isMissing(issue, context) && misspelt.has(formatPath(issue.path))))
    .flatMap((issue) => problemsOf(issue, context));
}

function isMissing(issue: Issue, { input }: IssueContext): boolean {
  return valueAt(input, issue.path) === undefined && issue.code !== "unrecognized_keys";
}

function problemsOf(issue: Issue, context: IssueContext): readonly Problem[] {
  const value = valueAt(context.input, issue.path);
  const problem = (rule: string, remedy: string): readonly Problem[] => [
    { path: formatPath(issue.path), value, rule: issue.message || rule, remedy },
  ];
  if (issue.path.length === 0 && issue.code === "invalid_type") return problem(...noEnvironment);
  if (value === undefined && issue.code !== "invalid_union" && ownRemedy(issue) === undefined)
    return problem(...missing(issue.path, context));
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(issue.path, key, context));
    case "invalid_type":
      return problem(...wrongType(issue, value, context));
    case "invalid_value":
      return problem(...notAllowed(issue.values, value));
    case "too_small":
      if (isReason(issue.path)) return problem("it says nothing", ownReason);
      return problem(...outOfBounds(issue.origin, Number(issue.minimum), "more", issue, context));
    case "too_big":
      return problem(...outOfBounds(issue.origin, Number(issue.maximum), "fewer", issue, context));
    case "invalid_union":
      if (issue.discriminator !== undefined) return [wrongKind(issue, issue.discriminator, context)];
      return noBranchFits(issue, context, (inner) => issueProblems(inner, context));
    case "invalid_key":
      return [wrongKey(issue, context)];
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_element":
      return problem("it has another form", exampleRemedy(issue.path, context));
    case "custom":
      return problem("it breaks a rule of its schema", ownRemedy(issue) ?? exampleRemedy(issue.path, context));
    default:
      return assertNever("issue", issue);
  }
}

/** Remedy that a refinement brings along. */
function ownRemedy(issue: Issue): string | undefined {
  const remedy: unknown = issue.code === "custom" ? issue.params?.["remedy"] : undefined;
  return typeof remedy === "string" ? remedy : undefined;
}

type RuleAndRemedy = readonly [rule: string, remedy: string];

const noEnvironment: RuleAndRemedy = [
  "the default export of a file in this folder is an environment",
  "end the file with `export default defineEnvironment({ ... })`",
];

/** A reason is the reader's own: an example of one would be pasted, and the reviewer told nothing. */
const ownReason = "write for the reviewer why it is meant, or make the choice that needs no reason";

const isReason = (path: readonly PropertyKey[]) => path.at(-1) === "reason";

function missing(path: readonly PropertyKey[], context: IssueContext): RuleAndRemedy {
  if (isReason(path)) return ["it is a weaker choice, and nobody says why it is made", ownReason];
  return [
    "it has no default, so it must be there",
    `add ${fieldExample(path, context)} to ${objectAt(path.slice(0, -1))}`,
  ];
}

const nouns: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function sortOf(value: unknown, expected: string): string {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (expected === "int" && typeof value === "number") return "a fraction";
  if (Array.isArray(value)) return "a list";
  return nouns[typeof value] ?? `a ${typeof value}`;
}

function wrongType(issue: z.core.$ZodIssueInvalidType, value: unknown, context: IssueContext): RuleAndRemedy {
  const expected = nouns[issue.expected] ?? issue.expected;
  return [
    `${expected} is expected here, not ${sortOf(value, issue.expected)}`,
    retyped(issue, value, context) ?? exampleRemedy(issue.path, context),
  ];
}

/** The same value as the type that is expected, where that can be guessed. */
function retyped(issue: z.core.$ZodIssueInvalidType, value: unknown, context: IssueContext): string | undefined {
  switch (issue.expected) {
    case "string":
      return typeof value === "number" ? `write it in quotes: ${formatValue(String(value))}` : undefined;
    case "int":
      if (Number.isFinite(value)) return `write ${Math.floor(Number(value))} or ${Math.ceil(Number(value))}`;
      return typeof value === "string" && /^\d+$/.test(value) ? `write it without quotes: ${value}` : undefined;
    case "number":
      return typeof value === "string" && /^\d+$/.test(value) ? `write it without quotes: ${value}` : undefined;
    case "boolean":
      return value === "true" || value === "false" ? `write it without quotes: ${value}` : undefined;
    case "array":
      return `write a list: ${formatValue([value])}`;
    case "object":
      return kindAsText(issue.path, value, context);
    default:
      return undefined;
  }
}

/** The object that was meant where its kind alone was written. */
function kindAsText(path: readonly PropertyKey[], value: unknown, { schema, input }: IssueContext): string | undefined {
  const meant = standingAt(schema, path, input)
    .flatMap((standing) => branchesOf(standing, undefined))
    .find((branch) => {
      const kind = fieldsOf(branch)?.["kind"];
      return kind !== undefined && allowedValues(kind)?.includes(value);
    });
  return meant === undefined ? undefined : `write ${formatValue(exampleOf(meant))}`;
}

function notAllowed(values: readonly unknown[], value: unknown): RuleAndRemedy {
  const [only, ...others] = values;
  const rule =
    others.length > 0
      ? `it is one of ${oneOf(values.map(formatValue))}`
      : `the only ${typeof only === "string" ? "text" : "value"} that fits here is ${formatValue(only)}`;
  const same = values.find((allowed) => String(allowed) === String(value));
  if (same !== undefined)
    return [rule, `write it ${typeof same === "string" ? "in" : "without"} quotes: ${formatValue(same)}`];
  if (typeof value === "number") {
    const numbers = values.filter((allowed) => typeof allowed === "number");
    const [closest] = numbers.toSorted((left, right) => Math.abs(left - value) - Math.abs(right - value));
    if (closest !== undefined) return [rule, `write ${closest}, the nearest of them`];
  }
  const meant = nearest(String(value), values.map(String));
  if (meant !== undefined)
    return [rule, `did you mean ${formatValue(values.find((allowed) => String(allowed) === meant))}?`];
  return [rule, others.length > 0 ? "write one of them" : `write ${formatValue(only)}`];
}

function outOfBounds(
  origin: string,
  bound: number,
  side: "more" | "fewer",
  issue: Issue,
  context: IssueContext,
): RuleAndRemedy {
  const limit = `${bound} or ${side}`;
  switch (origin) {
    case "array":
      if (bound === 1 && side === "more") return ["the list must not be empty", exampleRemedy(issue.path, context)];
      return [
        `the list has ${limit} entries`,
        side === "more" ? exampleRemedy(issue.path, context) : `leave ${bound} of them`,
      ];
    case "string":
      if (bound === 1 && side === "more") return ["it must not be empty", exampleRemedy(issue.path, context)];
      return [
        `it has ${limit} characters`,
        side === "more" ? exampleRemedy(issue.path, context) : `shorten it to ${bound}`,
      ];
    default:
      return [
        `the ${side === "more" ? "least" : "most"} it can be is ${bound}`,
        `write ${bound} or ${side === "more" ? "more" : "less"}`,
      ];
  }
}

function wrongKey(issue: z.core.$ZodIssueInvalidKey, context: IssueContext): Problem {
  const key = String(issue.path.at(-1));
  const schema = keySchemaAt(context.schema, issue.path.slice(0, -1), context.input);
  return {
    path: formatPath(issue.path),
    value: key,
    rule: issue.issues.map(({ message }) => message).find((message) => message !== "") ?? "the key has another form",
    remedy: schema === undefined ? "rename it" : `rename it to something like ${formatValue(exampleOf(schema))}`,
  };
}
