import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { optionFiles } from "../../tools/options/files";

const root = join(__dirname, "..", "..");

it.each([...optionFiles()])("%s is what `npm run options` writes", (file, text) => {
  expect(readFileSync(join(root, file), "utf8")).toBe(text);
});
