import { wordsOf } from "../../modules/schema/descriptions";
import { shapeOf } from "../../modules/schema/shape";
import { environmentSchema } from "../../platform/environment";
import { jsonSchema } from "../../platform/json-schema";
import { format } from "../gen/format";
import { printInput } from "./print-input";
import { printReference } from "./print-reference";

/** What is made from the schema and committed, by path: types for editors, the reference, the JSON Schema. */
export function optionFiles(): ReadonlyMap<string, string> {
  const environment = shapeOf(environmentSchema);
  if (environment.is !== "object") throw new Error("an environment is an object");
  const formatted = format(
    new Map([
      ["platform/environment-input.ts", printInput(environment, wordsOf(environmentSchema))],
      ["docs/environment.schema.json", `${JSON.stringify(jsonSchema(environmentSchema), null, 2)}\n`],
    ]),
  );
  return new Map([...formatted, ["docs/options.md", printReference(environment)]]);
}
