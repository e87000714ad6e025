import type { Definition } from "../../tools/gen/definitions";
import { fileOf } from "../../tools/gen/print";
import type { Schema } from "../../tools/gen/schema";

/** One object of a kind, written for the compiler, and what it shows. */
export interface Statement {
  readonly source: string;
  /** Whether the kind's schema allows the object. */
  readonly allowed: boolean;
}

/**
 * Objects of one kind, each of the required fields plus one thing: every field once with a value that its schema
 * allows and once with one that it does not, and every required field missing once. Depends on the schema alone, not
 * on how types are made from it.
 */
export function statementsOf({ apiVersion, kind, namespaced, schema }: Definition): Statement[] {
  const envelope = `apiVersion: ${JSON.stringify(apiVersion)}, kind: ${JSON.stringify(kind)}`;
  const spec = schema.properties?.["spec"] ?? {};
  const wrap: Wrap = (value) => `{ ${envelope}, metadata: { name: "a" }, spec: ${value} }`;
  const minimal = smallest(spec);
  return [
    { source: `{ ${envelope}, metadata: { name: "a" } }`, allowed: !isRequired(schema, "spec") },
    { source: `{ ${envelope}, spec: ${minimal} }`, allowed: false },
    { source: `{ ${envelope}, metadata: {}, spec: ${minimal} }`, allowed: false },
    { source: `{ ${envelope}, metadata: { name: "a", namespace: "b" }, spec: ${minimal} }`, allowed: namespaced },
    { source: `{ ${envelope}, metadata: { name: "a" }, spec: ${minimal}, status: {} }`, allowed: false },
    ...statementsAt(spec, wrap),
  ];
}

/** A file of one kind's statements, each on a line of its own after a first line that imports the type. */
export function fileWith(definition: Definition, statements: readonly Statement[]): string {
  const lines = statements.map(({ source }, index) => `export const a${index}: ${definition.kind} = ${source};`);
  const from = `./.gen/${fileOf(definition).replace(/\.ts$/, "")}`;
  return [`import type { ${definition.kind} } from "${from}";`, ...lines, ""].join("\n");
}

type Wrap = (value: string) => string;

function statementsAt(schema: Schema, wrap: Wrap): Statement[] {
  return [
    { source: wrap(smallest(schema)), allowed: true },
    { source: wrap(wrongValue(schema)), allowed: false },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => [
      ...(isRequired(schema, name) ? [{ source: wrap(smallestWith(schema, name, undefined)), allowed: false }] : []),
      ...statementsAt(part, (value) => wrap(smallestWith(schema, name, value))),
    ]),
    ...(schema.items === undefined ? [] : statementsAt(schema.items, (value) => wrap(`[${value}]`))),
    ...(schema.additionalProperties === undefined
      ? []
      : statementsAt(schema.additionalProperties, (value) => wrap(`{ "any name": ${value} }`))),
  ];
}

/** The mistake that is most likely to be made where the schema stands. */
function wrongValue(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"]) return "true";
  if (schema.enum !== undefined) return `"not one of them"`;
  switch (schema.type) {
    case "string":
      return "0";
    case "boolean":
      return `"true"`;
    case "integer":
    case "number":
      return `"1"`;
    case "array":
      return `{ name: "a" }`;
    case "object":
      return isClosed(schema) ? smallestWith(schema, "unknownField", "1") : `"a"`;
    case undefined:
      return "() => 1";
  }
}

function isClosed(schema: Schema): boolean {
  return schema.additionalProperties === undefined && !schema["x-kubernetes-preserve-unknown-fields"];
}

function smallest(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"]) return "1";
  if (schema.enum !== undefined) return JSON.stringify(schema.enum[0]);
  switch (schema.type) {
    case "string":
      return `"a"`;
    case "boolean":
      return "true";
    case "integer":
    case "number":
      return "1";
    case "array":
      return "[]";
    case "object":
      return smallestWith(schema, undefined, undefined);
    case undefined:
      return "null";
  }
}

/** An object of its required fields; the field named is left out, or written as given. */
function smallestWith(schema: Schema, name: string | undefined, value: string | undefined): string {
  const required = Object.entries(schema.properties ?? {})
    .filter(([field]) => field !== name && isRequired(schema, field))
    .map(([field, part]) => `${JSON.stringify(field)}: ${smallest(part)}`);
  return `{ ${[...required, ...(value === undefined ? [] : [`${JSON.stringify(name)}: ${value}`])].join(", ")} }`;
}

function isRequired(schema: Schema, name: string): boolean {
  return schema.required?.includes(name) === true && schema.properties?.[name]?.default === undefined;
}
