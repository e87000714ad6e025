import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDefinitions } from "../../tools/gen/definitions";
import { generate } from "../../tools/gen/generate";

const crds = "../shared/crds";
const reason = existsSync(crds) ? "" : ` (skipped: ${crds} is absent)`;

describe(".gen", () => {
  it.skipIf(reason !== "")(
    `is what the generator makes of ${crds}, file by file${reason}`,
    () => {
      const committed = readdirSync(".gen", { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.posix.join(path.relative(".gen", entry.parentPath), entry.name))
        .map((file) => [file, readFileSync(path.join(".gen", file), "utf8")]);
      expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(generate(crds)));
    },
    30_000,
  );
});

describe("the generator", () => {
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
      `${folder}: no file defines Door of example.com/v2, so it cannot have a type. Add the CRD file of its ` +
        "controller, or correct or remove the kind in tools/gen/kinds.ts.",
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
    cpSync("tools/gen", path.join(project, "tools/gen"), { recursive: true });
    symlinkSync(path.resolve("node_modules"), path.join(project, "node_modules"));
    const run = spawnSync("node_modules/.bin/tsx", ["tools/gen/main.ts"], { cwd: project, encoding: "utf8" });
    expect(run).toMatchObject({
      status: 1,
      stdout: "",
      stderr:
        "../shared/crds: the folder does not exist. The types in .gen are generated from the " +
        "CustomResourceDefinitions in it, one YAML file a controller, so .gen is left as it is. Put the CRD files " +
        "there, or go on without: .gen is committed, and only generating it anew needs them.\n",
    });
    expect(readdirSync(path.join(project, ".gen"))).toEqual(["kept.ts"]);
  });
});
