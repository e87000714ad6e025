import { expect, it } from "vitest";
import { EnvironmentError } from "../../modules/schema/problem";
import { checkEnvironments } from "../../platform/load";
import { message, today, type WrongEnvironment } from "./fixtures";

const file = "environments/dev.ts";

/** What the check of an environment prints; says so where it takes the environment. */
function reportOf(value: unknown): string {
  try {
    checkEnvironments([{ file, name: "dev", value }], today);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "nothing: the environment passes";
}

/** A test for each environment of a table: everything that is reported of it, to the letter. */
export function itReportsEach(table: readonly WrongEnvironment[]): void {
  it.each(table)("$rule", ({ environment, reported }) => {
    expect(reportOf(environment)).toBe(message(file, reported));
  });
}
