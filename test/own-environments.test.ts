import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "..");

/** Files of TypeScript below a folder of the project. */
function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.m?ts$/.test(name) && !name.includes("node_modules"))
    .map((name) => join(folder, name));
}

describe("environments of somebody's own", () => {
  it("are nothing to the suite: no test imports what stands in environments/", () => {
    const importing = ["test", "tools", "sandbox", "e2e"]
      .flatMap(sources)
      .filter((file) => /from "(\.\.\/)+environments\//.test(readFileSync(join(root, file), "utf8")));
    expect(importing).toEqual([]);
  });

  it("begin as the examples, which the suite goes by", () => {
    // Each says its own name, so that it is an environment wherever it is copied to.
    for (const name of ["dev", "prod", "seeds"]) {
      expect(readFileSync(join(root, "examples", `${name}.ts`), "utf8")).toContain(`  name: "${name}",`);
    }
  });
});
