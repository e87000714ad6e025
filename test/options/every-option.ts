import type { z } from "zod";
import { branchesOf, definition, fieldsOf, unwrap } from "../../modules/schema/schema-keys";
import { environmentSchema } from "../../platform/environment";

type Schema = z.core.$ZodType;

interface Option {
  /** Without names of records and places in lists. */
  readonly path: string;
  readonly schema: Schema;
  /** Whether it only tells objects apart, each of which says itself what it is for. */
  readonly isDiscriminator: boolean;
  readonly hasFields: boolean;
}

/** Every field that an environment can have, with its schema. */
export function everyOption(schema: Schema = environmentSchema, path = ""): readonly Option[] {
  const inner = unwrap(schema);
  const def = definition(inner);
  switch (def.type) {
    case "array":
      return everyOption(def.element, path);
    case "record":
      return everyOption(def.valueType, path);
    case "union":
      // Values of JSON, which refer to themselves, are anybody's own.
      if (def.options.some((option) => definition(option).type === "null")) return [];
      return branchesOf(inner, undefined).flatMap((branch) => fields(branch, path));
    default:
      return fields(inner, path);
  }
}

function fields(schema: Schema, parent: string): readonly Option[] {
  return Object.entries(fieldsOf(schema) ?? {}).flatMap(([key, field]) => {
    const path = parent === "" ? key : `${parent}.${key}`;
    const hasFields = fieldsOf(unwrap(field)) !== undefined;
    return [{ path, schema: field, isDiscriminator: key === "kind", hasFields }, ...everyOption(field, path)];
  });
}
