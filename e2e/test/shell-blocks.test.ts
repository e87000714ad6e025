import { expect, it } from "vitest";
import { shellLines } from "../src/shell-blocks";

const markdown = [
  "# Project",
  "",
  "## Start",
  "",
  "```sh",
  "npm ci && npm test # quick",
  "",
  "# a remark alone",
  "curl 'http://example.com/#top'",
  "```",
  "",
  "```ts",
  "const text = `# no heading`;",
  "```",
  "",
  "## End",
  "",
  "```sh",
  "rm -r folder",
  "```",
].join("\n");

it("the lines of shell blocks are found, each with its heading and without its remark", () => {
  expect(shellLines(markdown)).toEqual([
    { section: "Start", command: "npm ci && npm test" },
    { section: "Start", command: "curl 'http://example.com/#top'" },
    { section: "End", command: "rm -r folder" },
  ]);
});
