import type { z } from "zod";
import { exampleOf } from "../../modules/schema/examples";
import { allowedValues, boundsOf, branchesOf, definition, fieldsOf, unwrap } from "../../modules/schema/schema-keys";
import type { Tape } from "./tape";

type Schema = z.core.$ZodType;

/** Names that meet each other, and each other's once they are joined. */
const names = ["shop", "a", "a-b", "b", "dev", "api", "dev-api", "web", "shop-web", "constructor", "A"] as const;

/** Text that something on the way to a cluster reads as more than text. */
export const hostileTexts = [
  "${path.module}",
  "%{ if true }x%{ endif }",
  "$${a}",
  "{{ .Values.x }}",
  'a"b\\c\nd',
  "yes",
  "1e3",
  "---",
  "ä\u2028\u{1f600}",
  "",
  " ",
] as const;

/** A value for a schema: mostly one that fits, sometimes one that does not. */
export function drawValue(schema: Schema, tape: Tape, depth = 0): unknown {
  const inner = unwrap(schema);
  const allowed = allowedValues(inner);
  if (allowed !== undefined) return tape.of(allowed);
  const def = definition(inner);
  switch (def.type) {
    case "object":
      return drawObject(inner, tape, depth);
    case "union":
      return drawValue(tape.of(def.options) ?? inner, tape, depth);
    case "array":
      return Array.from({ length: tape.next() % 3 }, () => drawValue(def.element, tape, depth + 1));
    case "record":
      return Object.fromEntries(
        Array.from({ length: tape.next() % 3 }, () => [
          drawKey(def.keyType, tape),
          drawValue(def.valueType, tape, depth + 1),
        ]),
      );
    case "boolean":
      return tape.oneIn(2);
    case "number":
      return drawNumber(inner, tape);
    case "string":
      return drawText(inner, tape);
    default:
      return tape.of(hostileTexts);
  }
}

export function drawKey(schema: Schema, tape: Tape): string {
  return tape.oneIn(4) ? String(exampleOf(schema)) : tape.of(names);
}

function drawObject(schema: Schema, tape: Tape, depth: number): object {
  const fields = Object.entries(fieldsOf(schema) ?? {});
  return Object.fromEntries(
    fields
      .filter(([, field]) => field._zod.optin === undefined || (depth < 3 && tape.oneIn(5)))
      .map(([key, field]) => [key, drawValue(field, tape, depth + 1)]),
  );
}

function drawNumber(schema: Schema, tape: Tape): number {
  const { minimum = 0, maximum = minimum + 100 } = boundsOf(schema);
  return tape.of([minimum, minimum + 1, maximum, Math.floor((minimum + maximum) / 2), minimum - 1]);
}

function drawText(schema: Schema, tape: Tape): string {
  const choice = tape.next() % 8;
  if (choice < 5) return String(exampleOf(schema));
  return choice < 7 ? tape.of(names) : tape.of(hostileTexts);
}

/** The same environment with one thing of it drawn anew; what stands beside it stays. */
export function mutated(schema: Schema, value: unknown, tape: Tape, depth = 0): unknown {
  const [branch] = branchesOf(schema, value);
  if (branch === undefined || tape.oneIn(9)) return drawValue(schema, tape);
  const def = definition(branch);
  if (def.type === "object" && isObject(value)) {
    const fields = Object.entries(fieldsOf(branch) ?? {});
    const [key, field] = tape.of(fields) ?? [];
    if (key === undefined || field === undefined) return value;
    if (tape.oneIn(15)) return without(value, key);
    return { ...value, [key]: key in value ? mutated(field, value[key], tape, depth + 1) : drawValue(field, tape) };
  }
  if (def.type === "record" && isObject(value)) {
    const existing = tape.oneIn(3) ? undefined : tape.of(Object.keys(value));
    const key = existing ?? drawKey(def.keyType, tape);
    if (tape.oneIn(12)) return without(value, key);
    const before = Object.hasOwn(value, key) ? value[key] : undefined;
    const after =
      before === undefined ? drawValue(def.valueType, tape) : mutated(def.valueType, before, tape, depth + 1);
    return { ...value, [key]: after };
  }
  if (def.type === "array" && Array.isArray(value)) {
    const index = value.length === 0 ? 0 : tape.next() % (value.length + 1);
    const before: unknown = value[index];
    const after = before === undefined ? drawValue(def.element, tape) : mutated(def.element, before, tape, depth + 1);
    return [...value.slice(0, index), after, ...value.slice(index + 1)];
  }
  return drawValue(schema, tape, depth);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(value: Readonly<Record<string, unknown>>, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
}
