import { describe, expect, it } from "vitest";
import { selectedEnvironments } from "../../commands/program/environment-names";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("the environments that synth is asked for", () => {
  const { root } = new TestProject([minimal("dev"), minimal("prod")]);

  it("are those on the command line, each once, whatever ENVIRONMENTS says", () => {
    expect(selectedEnvironments(root, ["prod", "prod"], "dev")).toEqual(["prod"]);
  });

  it("are those in ENVIRONMENTS, separated by commas, where the command line names none", () => {
    expect(selectedEnvironments(root, [], " dev, prod,")).toEqual(["dev", "prod"]);
  });

  it("are all where ENVIRONMENTS is not set", () => {
    expect(selectedEnvironments(root, [], undefined)).toBeUndefined();
  });

  it.each(["", ",", " ", " , "])("are an error and not all, or none, where ENVIRONMENTS is %j", (variable) => {
    expect(() => selectedEnvironments(root, [], variable)).toThrow(
      `ENVIRONMENTS is ${JSON.stringify(variable)}, which names no environment; name one`,
    );
  });

  it.each(["environments/prod.ts", "./environments/prod.ts", "prod.ts"])(
    "are known by the path of the file as well: %s",
    (path) => {
      expect(selectedEnvironments(root, [path], undefined)).toEqual(["prod"]);
    },
  );

  it("are an error where ENVIRONMENTS names one that does not exist", () => {
    expect(() => selectedEnvironments(root, [], "dev,prdo")).toThrow("no environments/prdo.ts; did you mean prod?");
  });
});
