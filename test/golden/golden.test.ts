import { describe, expect, it } from "vitest";
import { goldenNames, stackNames, textOf } from "../support/environments";
import { readable } from "./readable";

describe.each(goldenNames)("%s", (name) => {
  const text = textOf(name);

  it.each(stackNames)("the JSON of %s changes only when it is meant to", async (stack) => {
    await expect(readable(text[stack])).toMatchFileSnapshot(`${name}-${stack}.json`);
  });
});
