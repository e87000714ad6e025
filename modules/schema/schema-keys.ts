import { z } from "zod";

type Schema = z.core.$ZodType;

/** What a schema was made from; its `type` tells the sort of schema. */
export function definition(schema: Schema): z.core.$ZodTypes["_zod"]["def"] {
  return (schema as z.core.$ZodTypes)._zod.def;
}

/** The schema in a wrapper: what optional, default and prefault hold, and what a transform is fed with. */
export function within(schema: Schema): Schema | undefined {
  const def = definition(schema);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return def.innerType;
    case "pipe":
      return def.in;
    case "lazy":
      return def.getter();
    default:
      return undefined;
  }
}

/** A schema without any of its wrappers. */
export function unwrap(schema: Schema): Schema {
  const inner = within(schema);
  return inner === undefined ? schema : unwrap(inner);
}

/** Whether a value may be left out. */
export function isOptional(schema: Schema): boolean {
  return schema._zod.optin !== undefined;
}

/** Fields of an object schema; undefined for any other. */
export function fieldsOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const def = definition(schema);
  return def.type === "object" ? def.shape : undefined;
}

/** Key that tells a union's branches apart; undefined where none does. */
export function discriminatorOf(schema: Schema): string | undefined {
  const def = definition(schema);
  return def.type === "union" && "discriminator" in def ? String(def.discriminator) : undefined;
}

/** Values a literal or an enum allows; undefined for any other schema. */
export function allowedValues(schema: Schema): readonly unknown[] | undefined {
  const def = definition(unwrap(schema));
  if (def.type === "literal") return def.values;
  return def.type === "enum" ? Object.values(def.entries) : undefined;
}

/** The least and the greatest number that a schema takes; undefined where there is no such bound. */
export function boundsOf(schema: Schema): {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
} {
  const inner = unwrap(schema);
  const bound = (limit: number | null) =>
    limit === null || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
  if (!(inner instanceof z.ZodNumber)) return { minimum: undefined, maximum: undefined };
  return { minimum: bound(inner.minValue), maximum: bound(inner.maxValue) };
}

/**
 * The branches a value may be meant for: of a union with a discriminator the one it names, of any other union all.
 * A schema that is no union is its own only branch.
 */
export function branchesOf(schema: Schema, value: unknown): readonly Schema[] {
  const inner = unwrap(schema);
  const def = definition(inner);
  if (def.type !== "union") return [inner];
  const discriminator = discriminatorOf(inner);
  const options = def.options.flatMap((option) => branchesOf(option, value));
  if (discriminator === undefined) return options;
  const named = options.filter((option) => {
    const field = fieldsOf(option)?.[discriminator];
    return field !== undefined && allowedValues(field)?.includes(valueAt(value, [discriminator]));
  });
  return named.length > 0 ? named : options;
}

function step(schema: Schema, key: PropertyKey): Schema | undefined {
  const def = definition(schema);
  switch (def.type) {
    case "object":
      return fieldsOf(schema)?.[String(key)];
    case "record":
      return def.valueType;
    case "array":
      return def.element;
    default:
      return undefined;
  }
}

/** Schemas that stand at a path, with their wrappers and unions whole. */
export function standingAt(schema: Schema, path: readonly PropertyKey[], input: unknown): readonly Schema[] {
  const [key, ...rest] = path;
  if (key === undefined) return [schema];
  return branchesOf(schema, input).flatMap((branch) => {
    const next = step(branch, key);
    return next === undefined ? [] : standingAt(next, rest, valueAt(input, [key]));
  });
}

/** Schemas that the value at a path may be held to: several where a union leaves it open. */
export function schemasAt(schema: Schema, path: readonly PropertyKey[], input: unknown): readonly Schema[] {
  return standingAt(schema, path, input).flatMap((standing) => branchesOf(standing, valueAt(input, path)));
}

/** What keys of a record must look like, at the path of the record. */
export function keySchemaAt(schema: Schema, path: readonly PropertyKey[], input: unknown): Schema | undefined {
  for (const candidate of schemasAt(schema, path, input)) {
    const def = definition(candidate);
    if (def.type === "record") return def.keyType;
  }
  return undefined;
}

/** The value at a path; undefined where the path leads nowhere. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }, input);
}
