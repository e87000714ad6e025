import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { startsPrograms } from "./support/programs";

const root = join(__dirname, "..");
const sources = ["modules", "platform", "stacks", "commands", ".gen"];
const files = ["main.ts", ".dependency-cruiser.mjs", "package.json", "tsconfig.json"];

describe("the lint of imports", startsPrograms, () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "floors-"));
    for (const name of [...sources, ...files]) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  });

  /** What it says of the house with one more file. */
  function withFile(path: string, text: string): { readonly status: number | null; readonly output: string } {
    writeFileSync(join(folder, path), text);
    const { status, stdout, stderr } = spawnSync(
      join(root, "node_modules", ".bin", "depcruise"),
      ["modules", "platform", "stacks", "commands", "main.ts"],
      { cwd: folder, encoding: "utf8" },
    );
    writeFileSync(join(folder, path), "export {};\n");
    return { status, output: stdout + stderr };
  }

  test("passes the house as it is", () => {
    expect(withFile("modules/schema/extra.ts", "export {};\n")).toMatchObject({ status: 0 });
  });

  test.each([
    ["modules/schema/extra.ts", "../network/schema", "modules-schema-imports-nothing-above"],
    ["modules/network/extra.ts", "../../platform/environment", "modules-imports-nothing-above"],
    ["platform/extra.ts", "../stacks/contracts", "platform-imports-nothing-above"],
    ["stacks/extra.ts", "../commands/terraform/program", "stacks-imports-nothing-above"],
  ])("refuses an import upwards, of types too: %s of %s", (path, imported, rule) => {
    const { status, output } = withFile(path, `import type * as above from "${imported}";\nexport type { above };\n`);
    expect(status).not.toBe(0);
    expect(output).toContain(`${rule}: ${path}`);
  });

  test("refuses AWS's clients outside preflight", () => {
    const { status, output } = withFile("commands/extra.ts", 'import "@aws-sdk/client-sts";\n');
    expect(status).not.toBe(0);
    expect(output).toContain("clients-of-aws-stay-where-aws-is-asked: commands/extra.ts");
  });

  test("refuses two features that import each other, though no two files do", () => {
    const { status, output } = withFile(
      "modules/workloads/extra.ts",
      'import type { Mesh } from "../mesh/schema";\nexport type Extra = Mesh;\n',
    );
    expect(status).not.toBe(0);
    expect(output).toContain("no-circle-of-folders");
  });
});
