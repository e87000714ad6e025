import type { Arguments } from "./synth";

/** Walks into parsed JSON by keys and indexes; names the step that leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((current, step, index) => {
    if (typeof current !== "object" || current === null || !(step in current)) {
      throw new Error(`nothing at ${path.slice(0, index + 1).join(".")} in ${JSON.stringify(value)}`);
    }
    return (current as Record<string | number, unknown>)[step];
  }, value);
}

/** The parsed JSON of a policy argument. */
export function policyOf(block: Arguments, argument = "policy"): PolicyJson {
  return JSON.parse(String(block[argument]));
}

/** An IAM policy as synthesized. */
export interface PolicyJson {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Principal?: unknown;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

/** A list, whether JSON holds one value or several. */
export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** Every string anywhere in parsed JSON, with its path. */
export function strings(value: unknown, path = ""): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    { path: `${path}.${key}`, text: key },
    ...strings(child, `${path}.${key}`),
  ]);
}

/** Every object anywhere in parsed JSON, the outermost first. */
export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(objects);
  return Array.isArray(value) ? below : [value as Readonly<Record<string, unknown>>, ...below];
}
