import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import dev from "../../examples/dev";
import prod from "../../examples/prod";
import seeds from "../../examples/seeds";
import { minimal } from "../support/minimal";

const file = join(__dirname, "..", "..", "docs", "environment.schema.json");
// What is an address of mail stands there as a pattern too, which is what zod checks by.
const validate = new Ajv2020({ allErrors: true, formats: { email: true } }).compile(
  JSON.parse(readFileSync(file, "utf8")),
);

function errorsOf(environment: unknown): readonly string[] {
  validate(JSON.parse(JSON.stringify(environment)));
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe("the JSON Schema of an environment", () => {
  it.each([dev, prod, seeds])("takes $name", (environment) => {
    expect(errorsOf(environment)).toEqual([]);
  });

  it.each([
    ["a key that nobody knows", { ...minimal(), clutser: {} }, " additionalProperties"],
    [
      "a value that is none of those allowed",
      { ...minimal(), identity: { workloads: "keys" } },
      "/identity/workloads enum",
    ],
    ["a text of another form", { ...minimal(), name: "Dev" }, "/name pattern"],
    ["a kind that nobody knows", { ...minimal(), network: { kind: "borrow" } }, "/network oneOf"],
    [
      "a number out of bounds",
      { ...minimal(), cluster: { logs: { retentionDays: 2 } } },
      "/cluster/logs/retentionDays enum",
    ],
  ])("refuses %s", (_, environment, error) => {
    expect(errorsOf(environment)).toContain(error);
  });

  it("asks for nothing that has a default", () => {
    expect(errorsOf(minimal())).toEqual([]);
  });
});
