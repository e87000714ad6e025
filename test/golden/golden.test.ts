import { describe, expect, it } from "vitest";
import { workspacesText } from "../support/cloud";
import { goldenNames, stackNames, textOf } from "../support/environments";
import { variants } from "../support/variants";
import { readable } from "./readable";

describe.each(goldenNames)("%s", (name) => {
  const text = textOf(name);

  it.each(stackNames)("the JSON of %s changes only when it is meant to", async (stack) => {
    await expect(readable(text[stack])).toMatchFileSnapshot(`${name}-${stack}.json`);
  });
});

it("the JSON of the workspaces changes only when it is meant to", async () => {
  const [[id, text] = ["", ""], ...others] = Object.entries(workspacesText(Object.values(variants)));
  expect(others).toEqual([]);
  await expect(readable(text)).toMatchFileSnapshot(`${id}.json`);
});
