import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDefinitions } from "../../tools/gen/definitions";
import { generate } from "../../tools/gen/generate";
import { definitionsFolder, needsInput } from "../support/inputs";
import { startsPrograms } from "../support/programs";

describe(".gen", startsPrograms, () => {
  it("is what the generator makes of the controllers' definitions, file by file", (context) => {
    needsInput(context, definitionsFolder);
    const committed = readdirSync(".gen", { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.posix.join(path.relative(".gen", entry.parentPath), entry.name))
      .map((file) => [file, readFileSync(path.join(".gen", file), "utf8")]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(generate(definitionsFolder)));
  });
});

describe("the generator", startsPrograms, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "crds-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const crd = (openAPIV3Schema: object) =>
    JSON.stringify({
      kind: "CustomResourceDefinition",
      spec: {
        group: "example.com",
        names: { kind: "Door" },
        scope: "Namespaced",
        versions: [{ name: "v1", schema: { openAPIV3Schema } }],
      },
    });
  const door = { "example.com/v1": ["Door"] };

  it("reads a CRD beside other documents of its file", () => {
    writeFileSync(path.join(folder, "doors.yaml"), `# doors\n---\nkind: List\n---\n${crd({ type: "object" })}`);
    expect(readDefinitions(folder, door)).toEqual([
      { apiVersion: "example.com/v1", kind: "Door", namespaced: true, schema: { type: "object" }, file: "doors.yaml" },
    ]);
  });

  it("refuses a kind that no CRD defines", () => {
    writeFileSync(path.join(folder, "doors.yaml"), crd({ type: "object" }));
    expect(() => readDefinitions(folder, { "example.com/v2": ["Door"] })).toThrow(
      `${folder}: no file defines Door of example.com/v2, so it cannot have a type. Name its controller in ` +
        "commands/inputs/definition-sources.ts and fetch it with `npx foundry inputs`, or correct or remove the kind " +
        "in tools/gen/kinds.ts.",
    );
  });

  it("refuses a kind that two CRD files define", () => {
    writeFileSync(path.join(folder, "doors-v1.0.0.yaml"), crd({ type: "object" }));
    writeFileSync(path.join(folder, "doors-v1.1.0.yaml"), crd({ type: "object" }));
    expect(() => readDefinitions(folder, door)).toThrow(
      `${folder}: doors-v1.0.0.yaml and doors-v1.1.0.yaml both define Door of example.com/v1, and only one can be ` +
        "right. Keep the file of the controller version that the project installs.",
    );
  });

  it("refuses a schema with a keyword that it does not know", () => {
    const schema = { type: "object", properties: { spec: { type: "object", patternProperties: {} } } };
    writeFileSync(path.join(folder, "doors.yaml"), crd(schema));
    expect(() => readDefinitions(folder, door)).toThrow(
      "doors.yaml: the schema of Door of example.com/v1 has parts that the generator does not know, so its type would " +
        "be a guess. Teach them to tools/gen/schema.ts, and to tools/gen/print.ts if they decide a type.\n" +
        '✖ Unrecognized key: "patternProperties"\n  → at properties.spec',
    );
  });

  it("leaves .gen as it is and says what is missing when there are no CRD files", () => {
    const project = path.join(folder, "project");
    mkdirSync(path.join(project, ".gen"), { recursive: true });
    writeFileSync(path.join(project, ".gen/kept.ts"), "export {};\n");
    for (const sources of ["tools/gen", "commands/inputs"]) {
      cpSync(sources, path.join(project, sources), { recursive: true });
    }
    symlinkSync(path.resolve("node_modules"), path.join(project, "node_modules"));
    const { FOUNDRY_INPUTS: _, ...env } = process.env;
    const run = spawnSync("node_modules/.bin/tsx", ["tools/gen/main.ts"], { cwd: project, encoding: "utf8", env });
    expect(run).toMatchObject({
      status: 1,
      stdout: "",
      stderr:
        `${realpathSync(project)}/inputs/crds: the folder does not exist. The types in .gen are generated from the ` +
        "CustomResourceDefinitions in it, one YAML file a controller, so .gen is left as it is. Fetch them with " +
        "`npx foundry inputs`, or go on without: .gen is committed, and only generating it again needs them.\n",
    });
    expect(readdirSync(path.join(project, ".gen"))).toEqual(["kept.ts"]);
  });
});
