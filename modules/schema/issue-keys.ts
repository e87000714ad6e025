import type { z } from "zod";
import { placeElsewhere } from "./examples";
import { formatPath, notShown, type Problem } from "./problem";
import { allowedValues, branchesOf, fieldsOf, schemasAt, standingAt, valueAt } from "./schema-keys";
import { allOf, nearest, oneOf } from "./suggest";

/** What is checked, and by what. */
export interface IssueContext {
  readonly schema: z.core.$ZodType;
  readonly input: unknown;
}

/** How a message calls the object at a path. */
export function objectAt(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the environment" : `\`${formatPath(path)}\``;
}

function fieldsAt(
  path: readonly PropertyKey[],
  { schema, input }: IssueContext,
): Readonly<Record<string, z.core.$ZodType>> {
  return Object.assign({}, ...schemasAt(schema, path, input).map((branch) => fieldsOf(branch) ?? {}));
}

/** The option that a misspelt key of the object at a path most likely means. */
export function meantKey(path: readonly PropertyKey[], key: string, context: IssueContext): string | undefined {
  const unused = Object.keys(fieldsAt(path, context)).filter(
    (known) => valueAt(context.input, [...path, known]) === undefined,
  );
  return nearest(key, unused);
}

const secretive = /(password|passwd|token|secret|credential|private_?key|api_?key)/i;

/** A key that the object at a path does not know. */
export function unknownKey(path: readonly PropertyKey[], key: string, context: IssueContext): Problem {
  const kind = valueAt(context.input, [...path, "kind"]);
  const rivals = rivalsOf(path, key, context);
  const ofKind = typeof kind === "string" ? ` of kind ${JSON.stringify(kind)}` : "";
  return {
    path: formatPath([...path, key]),
    value: secretive.test(key) ? notShown : valueAt(context.input, [...path, key]),
    rule:
      rivals.length > 0
        ? `\`${key}\` does not go together with ${rivals.join(" and ")}`
        : `${objectAt(path)}${ofKind} has no option \`${key}\``,
    remedy:
      rivals.length > 0
        ? `keep \`${key}\` or ${rivals.join(" and ")}, and remove the other`
        : remedyFor(path, key, context),
  };
}

/** Given options that no branch of the union at a path has together with a key that some branch has. */
function rivalsOf(path: readonly PropertyKey[], key: string, context: IssueContext): readonly string[] {
  const branches = schemasAt(context.schema, path, context.input).map((branch) => fieldsOf(branch) ?? {});
  const having = branches.filter((fields) => Object.hasOwn(fields, key));
  if (having.length === 0) return [];
  return Object.keys(Object(valueAt(context.input, path)))
    .filter((given) => branches.some((fields) => Object.hasOwn(fields, given)))
    .filter((given) => !having.some((fields) => Object.hasOwn(fields, given)))
    .map((given) => `\`${given}\``);
}

function remedyFor(path: readonly PropertyKey[], key: string, context: IssueContext): string {
  const [elsewhere] = standingAt(context.schema, path, context.input).flatMap(
    (schema) => placeElsewhere(schema, key) ?? [],
  );
  if (elsewhere !== undefined) return elsewhere;
  const meant = meantKey(path, key, context);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const kinds = kindsWith(path, key, context);
  if (kinds.length > 0) return `remove it, or choose kind ${oneOf(kinds)}, which has it`;
  const fields = fieldsAt(path, context);
  const owner = Object.keys(fields).find((field) =>
    branchesOf(fields[field] ?? context.schema, undefined).some((branch) => Object.hasOwn(fieldsOf(branch) ?? {}, key)),
  );
  if (owner !== undefined) return `move it to \`${formatPath([...path, owner])}\`, which has such an option`;
  return `remove it; the options are ${allOf(Object.keys(fields))}`;
}

/** Kinds of the union at a path that do know a key. */
function kindsWith(path: readonly PropertyKey[], key: string, { schema, input }: IssueContext): readonly string[] {
  return standingAt(schema, path, input)
    .flatMap((union) => branchesOf(union, undefined).map((branch) => fieldsOf(branch) ?? {}))
    .filter((fields) => Object.hasOwn(fields, key))
    .flatMap(({ kind }) => (kind === undefined ? [] : (allowedValues(kind) ?? [])))
    .map((kind) => JSON.stringify(kind));
}
