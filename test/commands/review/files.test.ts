import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { reviewJson } from "../../../commands/review/json";
import { reviewOf } from "../../../commands/review/review";
import schema from "../../../docs/review/review.schema.json";
import { reviewFiles } from "../../../tools/review/files";
import { editable } from "../../support/change-stacks";
import { stacksOf, today } from "../../support/environments";
import { preparedChanges } from "./changes";

const root = join(__dirname, "..", "..", "..");

describe("npm run doors", () => {
  const files = reviewFiles();

  it.each([...files.keys()])("has written %s since the code changed", (file) => {
    expect(readFileSync(join(root, file), "utf8")).toBe(files.get(file));
  });
});

describe("the JSON of a review", () => {
  it("has the shape that its schema describes, whatever changes", async () => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const { environment: name, make } of preparedChanges.filter((change) => !/network policy/.test(change.name))) {
      const after = editable(stacksOf(name));
      make(after);
      const review = await reviewOf([{ name, stacks: stacksOf(name) }], [{ name, stacks: after }], {
        before: "a",
        after: "b",
        today,
      });
      validate(JSON.parse(JSON.stringify(reviewJson(review))));
      expect(validate.errors).toBeNull();
    }
  });
});
