import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doorsFiles, shownEnvironments } from "../../../tools/doors/files";
import { stacksOf } from "../../support/environments";

const root = join(__dirname, "..", "..", "..");

describe("npm run doors", () => {
  const files = doorsFiles(shownEnvironments.map((name) => ({ name, stacks: stacksOf(name) })));

  it.each([...files.keys()])("has written %s since the stacks changed", (file) => {
    expect(readFileSync(join(root, file), "utf8")).toBe(files.get(file));
  });
});
