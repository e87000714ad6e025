import { z } from "zod";
import { exampleOf, meantText } from "./examples";
import { type IssueContext, meantKey, objectAt } from "./issue-keys";
import { formatField, formatPath, formatValue, type Problem } from "./problem";
import { branchesOf, fieldsOf, standingAt, valueAt } from "./schema-keys";
import { nearest, oneOf } from "./suggest";

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

/** A union whose branches differ by a key, and the key is missing or names no branch. */
export function wrongKind(issue: UnionIssue, key: string, context: IssueContext): Problem {
  const owner = issue.path.slice(0, -1);
  const value = valueAt(context.input, issue.path);
  const kinds = ("options" in issue ? (issue.options ?? []) : []).map(String);
  const rule =
    value === undefined
      ? `\`${key}\` says which sort ${objectAt(owner)} is: ${oneOf(kinds.map(formatValue))}`
      : `${objectAt(owner)} has no such ${key}; there is ${oneOf(kinds.map(formatValue))}`;
  const misspelt = Object.keys(Object(valueAt(context.input, owner))).find(
    (given) => nearest(given, [key]) !== undefined,
  );
  if (value === undefined && misspelt !== undefined) {
    return {
      path: formatPath(issue.path),
      value,
      rule,
      remedy: `did you mean \`${key}\` where \`${misspelt}\` stands?`,
    };
  }
  const meant = typeof value === "string" ? nearest(value, kinds) : kindByKeys(owner, key, context);
  const remedy =
    value !== undefined && meant !== undefined
      ? `did you mean ${formatValue(meant)}?`
      : `${value === undefined ? "add" : "write"} \`${formatField(key, meant ?? kinds[0])}\`${meant === undefined && kinds.length > 1 ? " or another of them" : ""}`;
  return { path: formatPath(issue.path), value, rule, remedy };
}

/** The kind whose options are those that were given. */
function kindByKeys(path: readonly PropertyKey[], key: string, { schema, input }: IssueContext): string | undefined {
  const given = Object.keys(Object(valueAt(input, path)));
  if (given.length === 0) return undefined;
  const fits = standingAt(schema, path, input)
    .flatMap((union) => branchesOf(union, undefined).map((branch) => fieldsOf(branch) ?? {}))
    .filter((fields) => given.every((name) => Object.hasOwn(fields, name)))
    .map((fields) => fields[key]);
  const [only, ...others] = fits;
  return only === undefined || others.length > 0 ? undefined : String(exampleOf(only));
}

/** A union without such a key: speaks of the branch that fits best, or of all that fit equally well. */
export function noBranchFits(
  issue: UnionIssue,
  context: IssueContext,
  problemsOf: (issues: readonly Issue[]) => readonly Problem[],
): readonly Problem[] {
  const branches = issue.errors.map((issues) =>
    issues.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const costs = branches.map((issues) => costOf(issues, issue.path, context));
  const least = Math.min(...costs);
  const [best = [], ...ties] = branches.filter((_, index) => costs[index] === least);
  const single = [best, ...ties].map(([first, ...more]) => (more.length === 0 ? first : undefined));
  if (ties.length === 0 || single.includes(undefined)) return problemsOf(best);
  const together = single.flatMap((inner) => (inner === undefined ? [] : problemsOf([inner])));
  const here = formatPath(issue.path);
  const value = valueAt(context.input, issue.path);
  if (together.every(({ path }) => path === here)) {
    const rules = [...new Set(together.map(({ rule }) => rule))];
    return [
      {
        path: here,
        value,
        rule: rules.join("; or: "),
        remedy: together[0]?.remedy ?? exampleRemedy(issue.path, context),
      },
    ];
  }
  const missing = single.flatMap((inner) =>
    inner?.code === "invalid_type" && valueAt(context.input, inner.path) === undefined ? [inner.path] : [],
  );
  if (missing.length < single.length) return problemsOf(best);
  const keys = [...new Set(missing.map((path) => String(path.at(-1))))];
  return [
    {
      path: here,
      value,
      rule: `${objectAt(issue.path)} needs ${oneOf(keys.map((key) => `\`${key}\``))}`,
      remedy: `add ${oneOf([...new Set(missing.map((path) => fieldExample(path, context)))])}`,
    },
  ];
}

/** What to write at a path, by example. */
export function exampleRemedy(path: readonly PropertyKey[], { schema, input }: IssueContext): string {
  const [standing] = standingAt(schema, path, input);
  if (standing === undefined) return "remove it";
  const value = valueAt(input, path);
  const meant = typeof value === "string" ? meantText(standing, value) : undefined;
  // What would be refused next is no remedy.
  if (meant !== undefined && z.safeParse(standing, meant).success) return `write ${formatValue(meant)}`;
  const example = exampleOf(standing);
  return example === "..." ? "write some text" : `write a value such as ${formatValue(example)}`;
}

/** A missing field with a value, as one would write it. */
export function fieldExample(path: readonly PropertyKey[], { schema, input }: IssueContext): string {
  const [standing] = standingAt(schema, path, input);
  return `\`${formatField(String(path.at(-1)), standing === undefined ? "…" : exampleOf(standing))}\``;
}

const wrongShape = 100;

/** How far a value is from a branch: mistakes one would have to correct, a value of quite another sort counting most. */
function costOf(issues: readonly Issue[], path: readonly PropertyKey[], context: IssueContext): number {
  const costs = issues.map((inner) => {
    if (inner.path.length === path.length && isOtherSort(inner, valueAt(context.input, path))) return wrongShape;
    if (inner.code !== "unrecognized_keys") return 1;
    // A misspelt key also counts as the key that is missing.
    return inner.keys.reduce((sum, key) => sum + (meantKey(inner.path, key, context) === undefined ? 1 : 0), 0);
  });
  return costs.reduce((sum, cost) => sum + cost, 0);
}

function isOtherSort(issue: Issue, value: unknown): boolean {
  if (issue.code === "invalid_type") return true;
  return issue.code === "invalid_value" && issue.values.every((allowed) => typeof allowed !== typeof value);
}
