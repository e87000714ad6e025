import { z } from "zod";
import type { JsonObject } from "../overlay";

/** What a field of a document holds, where it is not text: API Gateway sends every value of a patch as a string. */
export type FieldType = "boolean" | "number" | "list" | "map of booleans" | "map" | "endpoint configuration";

export const patchOperations = z.object({
  patchOperations: z.array(z.object({ op: z.string(), path: z.string(), value: z.string().optional() })).default([]),
});
type PatchOperation = z.infer<typeof patchOperations>["patchOperations"][number];

/**
 * The fields of a document that patch operations change, with their new values; null for one that is taken away. The
 * rules are those of API Gateway ("Patch operations" in its API reference): JSON pointers, `add` and `remove` for members
 * of lists and maps, the member as the pointer's end or as the value.
 */
export function patchedFields(
  before: JsonObject,
  operations: readonly PatchOperation[],
  types: Readonly<Record<string, FieldType>>,
): JsonObject {
  const changed = new Map<string, unknown>();
  for (const operation of operations) {
    const [field = "", ...rest] = operation.path.split("/").slice(1);
    const current = changed.has(field) ? changed.get(field) : before[field];
    changed.set(field, patchedValue(current, operation, rest.map(unescapePointer), types[field]));
  }
  return Object.fromEntries(changed);
}

function patchedValue(
  current: unknown,
  { op, value }: PatchOperation,
  rest: readonly string[],
  type: FieldType | undefined,
): unknown {
  const [member] = rest;
  switch (type) {
    case "list":
      return patchedList(current, op, member, value);
    case "map":
      return patchedMap(current, op, member, value);
    case "map of booleans":
      return patchedMap(current, op, member, value === undefined ? undefined : value === "true");
    case "endpoint configuration":
      return patchedEndpoint(current, op, rest, value);
    case "boolean":
      return op === "remove" ? null : value === "true";
    case "number":
      return op === "remove" || value === undefined || value === "" ? null : Number(value);
    case undefined:
      return op === "remove" ? null : (value ?? null);
  }
}

function patchedList(current: unknown, op: string, member: string | undefined, value: string | undefined): string[] {
  const before = z.array(z.string()).catch([]).parse(current);
  const named = member ?? value;
  switch (op) {
    case "add":
      return named === undefined ? before : [...before.filter((item) => item !== named), named];
    case "remove":
      return named === undefined ? [] : before.filter((item) => item !== named);
    default:
      return [...before.filter((item) => item !== member), ...(value === undefined ? [] : [value])];
  }
}

function patchedMap(
  current: unknown,
  op: string,
  member: string | undefined,
  value: string | boolean | undefined,
): Record<string, unknown> {
  const before = z.record(z.string(), z.unknown()).catch({}).parse(current);
  if (member === undefined) {
    return op === "remove" ? {} : before;
  }
  const { [member]: _, ...others } = before;
  return op === "remove" ? others : { ...others, [member]: value === "" ? null : (value ?? null) };
}

function patchedEndpoint(current: unknown, op: string, rest: readonly string[], value: string | undefined): JsonObject {
  const before = z.record(z.string(), z.unknown()).catch({}).parse(current);
  const [field = "", member] = rest;
  if (field === "types") {
    // One type at a time: /endpointConfiguration/types/EDGE is replaced by REGIONAL.
    return { ...before, types: value === undefined ? before["types"] : [value] };
  }
  return field === "vpcEndpointIds"
    ? { ...before, vpcEndpointIds: patchedList(before["vpcEndpointIds"], op, member, value) }
    : { ...before, [field]: value ?? null };
}

function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
