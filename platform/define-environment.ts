import type { EnvironmentInput } from "./environment";

/**
 * Declares an environment: the default export of a file under `environments/`.
 * It only types the data; `checkEnvironments` checks it together with all other files, so that every problem shows at
 * once. It stands alone in its file: what an environment imports is read again whenever that environment changes.
 */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}

/** What replaces parts of a base: objects by their fields, lists and everything else whole. */
export type Overrides<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Field in keyof T]?: Overrides<T[Field]> }
    : T;

/**
 * An environment that is a base but for what is said here. Objects are joined field by field; a list takes the place of
 * the base's, as a text or a number does; and where `kind` is another one, the whole object does, since the fields of one
 * kind are none of another's. `undefined` takes a field away. Neither side is changed.
 */
export function extend(
  base: Omit<EnvironmentInput, "name">,
  overrides: Overrides<Omit<EnvironmentInput, "name">> & Pick<EnvironmentInput, "name">,
): EnvironmentInput {
  return { ...(joined(base, overrides) as typeof base), name: overrides.name };
}

function joined(base: object, overrides: object): object {
  const fields = { ...base } as Record<string, unknown>;
  for (const [name, value] of Object.entries(overrides)) {
    const before = fields[name];
    if (value === undefined) delete fields[name];
    else fields[name] = isObject(before) && isObject(value) && sameKind(before, value) ? joined(before, value) : value;
  }
  return fields;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const kindOf = (value: object): unknown => Object.entries(value).find(([name]) => name === "kind")?.[1];

/** One that says no kind keeps that of the base. */
function sameKind(base: object, overrides: object): boolean {
  return kindOf(overrides) === undefined || kindOf(overrides) === kindOf(base);
}
