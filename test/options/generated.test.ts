import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { optionFiles } from "../../tools/options/files";
import { startsPrograms } from "../support/programs";

const root = join(__dirname, "..", "..");

describe("npm run options", startsPrograms, () => {
  let files: ReadonlyMap<string, string>;
  beforeAll(() => {
    files = optionFiles();
  }, startsPrograms.timeout);

  it.each(["platform/environment-input.ts", "docs/environment.schema.json", "docs/options.md"])(
    "has written %s since the schema changed",
    (file) => {
      expect(readFileSync(join(root, file), "utf8")).toBe(files.get(file));
    },
  );

  it("writes nothing else", () => {
    expect(files.size).toBe(3);
  });
});
