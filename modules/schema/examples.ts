import { z } from "zod";
import { allowedValues, boundsOf, definition, fieldsOf, isOptional, unwrap, within } from "./schema-keys";

interface Example {
  /** What one writes where the schema refuses a value. */
  readonly example: unknown;
  /** What a refused text was meant to be; undefined where that cannot be known. */
  readonly meant?: (text: string) => string | undefined;
  /** Of an object: what to do with a key that it does not know and something else does. */
  readonly elsewhere?: (key: string) => string | undefined;
}

/**
 * Messages end with what to write instead, and schemas know: `schema.register(examples, { example: "us-west-2" })`.
 * A refinement whose remedy is no value gives a sentence: `refine(check, { error: "…", params: { remedy: "…" } })`.
 */
export const examples = z.registry<Example>();

function registered(schema: z.core.$ZodType): Example | undefined {
  const inner = within(schema);
  return examples.get(schema) ?? (inner === undefined ? undefined : registered(inner));
}

/** What a text was meant to be, where its schema can tell. */
export function meantText(schema: z.core.$ZodType, text: string): string | undefined {
  const meant = registered(schema)?.meant?.(text);
  return meant === text ? undefined : meant;
}

/** What to do with a key that an object does not know, where its schema can tell. */
export function placeElsewhere(schema: z.core.$ZodType, key: string): string | undefined {
  return registered(schema)?.elsewhere?.(key);
}

/** A value that a schema takes: the registered one, or the least that its parts ask for. */
export function exampleOf(schema: z.core.$ZodType): unknown {
  const known = registered(schema);
  if (known !== undefined) return known.example;
  const inner = unwrap(schema);
  const allowed = allowedValues(inner);
  if (allowed !== undefined) return allowed[0];
  const fields = fieldsOf(inner);
  if (fields !== undefined) {
    const required = Object.entries(fields).filter(([, field]) => !isOptional(field));
    return Object.fromEntries(required.map(([key, field]) => [key, exampleOf(field)]));
  }
  const def = definition(inner);
  switch (def.type) {
    case "union":
      return exampleOf(def.options[0] ?? z.unknown());
    case "array":
      return [exampleOf(def.element)];
    case "record":
      return {};
    case "boolean":
      return true;
    case "number":
      return boundsOf(inner).minimum ?? 1;
    default:
      return "...";
  }
}
