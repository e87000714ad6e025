import { describe, expect, it } from "vitest";
import { environmentSchema } from "../../platform/environment";
import { f5SchemaBesideTheMirror } from "../../platform/rules/charts";
import { minimal } from "../support/minimal";

const warnings = (nginx: object | undefined, charts: object) =>
  f5SchemaBesideTheMirror(
    environmentSchema.parse({
      ...minimal("dev"),
      charts,
      controllers: { ...minimal().controllers, ...(nginx === undefined ? {} : { nginx }) },
    }),
  );
const mirror = { mirror: "oci://registry.example.com/charts" };

describe("a mirror of charts", () => {
  it.each([[{ kind: "f5" }], [{ kind: "community", switchingFrom: "f5" }]])(
    "is not all that Helm asks where nginx is %o, and the environment is told so",
    (nginx) => {
      expect(warnings(nginx, mirror)).toEqual([expect.stringContaining("refers to raw.githubusercontent.com")]);
    },
  );

  it("is enough for every other chart, and nothing is said without one", () => {
    expect(warnings({ kind: "community" }, mirror)).toEqual([]);
    expect(warnings(undefined, mirror)).toEqual([]);
    expect(warnings({ kind: "f5" }, {})).toEqual([]);
  });
});
