import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../../../modules/schema/problem";
import { checkEnvironments } from "../../../platform/load";
import { message, today } from "../../platform/fixtures";
import { wrongApis } from "./wrong-apis";

const file = "environments/dev.ts";

function told(value: unknown): string {
  try {
    checkEnvironments([{ file, name: "dev", value }], today);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "nothing: the environment passes";
}

describe("a wrong environment: APIs and their routes", () => {
  it.each(wrongApis)("$rule", ({ environment, told: expected }) => {
    expect(told(environment)).toBe(message(file, expected));
  });
});
