import { describe, expect, it } from "vitest";
import { environmentFiles, environmentNames, stackNames, synthText } from "../support/environments";
import { readable } from "./readable";

describe.each(environmentNames)("%s", (name) => {
  const text = synthText(environmentFiles[name]);

  it.each(stackNames)("the JSON of %s changes only when it is meant to", async (stack) => {
    await expect(readable(text[stack])).toMatchFileSnapshot(`${name}-${stack}.json`);
  });
});
