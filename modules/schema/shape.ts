import type { z } from "zod";
import { type Words, wordsOf } from "./descriptions";
import { exampleOf } from "./examples";
import { arn } from "./primitives";
import {
  allowedValues,
  boundsOf,
  branchesOf,
  definition,
  discriminatorOf,
  fieldsOf,
  isOptional,
  unwrap,
} from "./schema-keys";

type Schema = z.core.$ZodType;

/** A field of an object. */
export interface Field {
  readonly key: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly words: Words;
}

/** One of the objects that a `kind` tells apart. */
export interface Branch {
  readonly name: string;
  readonly shape: ObjectShape;
  readonly words: Words;
}

export interface ObjectShape {
  readonly is: "object";
  readonly fields: readonly Field[];
}

export interface ValueShape {
  readonly is: "value";
  /** As TypeScript writes it. */
  readonly type: string;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** What one writes; undefined where any text will do. */
  readonly example: unknown;
}

/** What one writes for an option, taken from its schema. */
export type Shape =
  | ValueShape
  | ObjectShape
  | { readonly is: "list"; readonly element: Shape }
  | { readonly is: "record"; readonly value: Shape }
  | { readonly is: "choice"; readonly discriminator: string; readonly branches: readonly Branch[] }
  | { readonly is: "union"; readonly members: readonly Shape[] };

export function shapeOf(schema: Schema): Shape {
  const inner = unwrap(schema);
  const def = definition(inner);
  switch (def.type) {
    case "object":
      return objectShape(inner);
    case "array":
      return { is: "list", element: shapeOf(def.element) };
    case "record":
      return { is: "record", value: shapeOf(def.valueType) };
    case "union": {
      const discriminator = discriminatorOf(inner);
      if (discriminator !== undefined) return { is: "choice", discriminator, branches: branches(inner, discriminator) };
      // The values of JSON refer to themselves.
      if (def.options.some((option) => definition(option).type === "null")) return value("Json");
      return { is: "union", members: def.options.map(shapeOf) };
    }
    default:
      return value(literals(inner) ?? def.type, inner);
  }
}

function objectShape(schema: Schema): ObjectShape {
  const fields = Object.entries(fieldsOf(schema) ?? {}).map(([key, field]) => ({
    key,
    required: !isOptional(field),
    shape: shapeOf(field),
    words: wordsOf(field),
  }));
  return { is: "object", fields };
}

function branches(union: Schema, discriminator: string): readonly Branch[] {
  return branchesOf(union, undefined).map((branch) => {
    const field = fieldsOf(branch)?.[discriminator];
    const name = field === undefined ? [] : (allowedValues(field) ?? []);
    return { name: name.map(String).join(" | "), shape: objectShape(branch), words: wordsOf(branch) };
  });
}

function literals(schema: Schema): string | undefined {
  return allowedValues(schema)
    ?.map((one) => JSON.stringify(one))
    .join(" | ");
}

function value(type: string, schema?: Schema): ValueShape {
  return {
    is: "value",
    type,
    ...(schema === undefined ? { minimum: undefined, maximum: undefined } : boundsOf(schema)),
    example: schema === undefined ? undefined : shownExample(schema),
  };
}

/** That of a key is no example of a role or a certificate. */
const anyArn = exampleOf(arn);

/** The example of a text, for people to read; undefined where any text will do. */
export function shownExample(schema: Schema): unknown {
  if (definition(unwrap(schema)).type !== "string") return undefined;
  const example = exampleOf(schema);
  return example === "..." || example === anyArn ? undefined : example;
}
