import { describe, expect, it } from "vitest";
import { readDefinitions } from "../../tools/gen/definitions";
import { kinds } from "../../tools/gen/kinds";
import { definitionsFolder, needsInput } from "../support/inputs";
import { startsPrograms } from "../support/programs";
import { compile } from "./compile";
import { fileWith, statementsOf } from "./statements";

describe("the generated types and the schemas that they come from", startsPrograms, () => {
  it("allow and refuse the same value of every field", (context) => {
    needsInput(context, definitionsFolder);
    const groups = readDefinitions(definitionsFolder, kinds).map((definition, index) => {
      const statements = statementsOf(definition);
      return { definition, statements, file: `${index}.ts`, text: fileWith(definition, statements) };
    });
    const diagnostics = compile(Object.fromEntries(groups.map(({ file, text }) => [file, text])));
    const refused = new Set(diagnostics.map(({ file, line }) => `${file}:${line}`));
    const disagreements = groups.flatMap(({ definition, statements, file }) =>
      statements
        .filter(({ allowed }, index) => allowed === refused.has(`${file}:${index + 2}`))
        .map(({ source, allowed }) => `${definition.kind}: should be ${allowed ? "allowed" : "refused"}: ${source}`),
    );
    expect(disagreements).toEqual([]);
  });
});
