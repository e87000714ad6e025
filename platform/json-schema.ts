import { z } from "zod";
import { wordsOf } from "../modules/schema/descriptions";
import { shownExample } from "../modules/schema/shape";

/**
 * What an environment file may hold, or a part of it, as JSON Schema for editors and other tools. What only a rule across
 * fields can tell is not in it.
 */
export function jsonSchema(schema: z.core.$ZodType): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema: printed }) => {
      const words = wordsOf(zodSchema);
      const prose = [
        words.description,
        words.default === undefined || printed.default !== undefined ? undefined : `Default: ${words.default}.`,
        words.source === undefined ? undefined : `Source: ${words.source}.`,
      ];
      const description = prose.filter((text) => text !== undefined).join(" ");
      if (description !== "") printed.description = description;
      const example = shownExample(zodSchema);
      if (example !== undefined) printed.examples = [example];
    },
  });
}
