import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../../../modules/schema/problem";
import { checkEnvironments } from "../../../platform/load";
import { today } from "../fixtures";
import { crashes } from "./crashes";
import { doubles, pairs, words } from "./doubles";

/** What the check of environments prints. An error of another sort is no refusal, and fails the test. */
function refusal(files: readonly { readonly name: string; readonly value: unknown }[]): string {
  try {
    checkEnvironments(
      files.map((file) => ({ ...file, file: `environments/${file.name}.ts` })),
      today,
    );
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "accepted";
}

const fourLines = /^environments\/[a-z-]+\.ts: \S.*\n {2}is: {3}\S.*\n {2}why: {2}\S.*[.?!]\n {2}do: {3}\S.*[.?!]$/;

describe.each([
  ["once ended in a stack trace", crashes],
  ["once failed when it was applied", doubles],
  ["was once answered with the wrong words", words],
])("what %s is refused with its place and a remedy", (_what, table) => {
  it.each(table)("$rule", ({ environment }) => {
    const text = refusal([{ name: "dev", value: environment }]);
    for (const problem of text.split("\n\n")) expect(problem).toMatch(fourLines);
    expect(text).toMatchSnapshot();
  });
});

describe("what two environments would make twice is refused with both their files", () => {
  it.each(pairs)("$rule", ({ files }) => {
    const text = refusal(files);
    const [one, two] = files.map(({ name }) => `environments/${name}.ts`);
    expect(text).toContain(`${two}: `);
    expect(text).toContain(`${one} makes `);
    expect(text).toMatchSnapshot();
  });

  it.each(pairs)("each of the two alone is taken: $rule", ({ files }) => {
    for (const file of files) expect(refusal([file])).toBe("accepted");
  });
});
