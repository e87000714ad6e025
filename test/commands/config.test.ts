import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("foundry config", () => {
  const project = new TestProject([minimal("dev"), minimal("prod"), minimal("staging")]);

  it("prints the environments it is asked for as JSON, with defaults, and nothing else", async () => {
    const { code, stdout, stderr } = await project.run(["config", "dev", "--json"]);
    const printed: Record<string, { readonly cluster: unknown }> = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(Object.keys(printed)).toEqual(["dev"]);
    expect(printed["dev"]?.cluster).toMatchObject({
      name: "dev",
      supportType: "STANDARD",
      endpoint: { kind: "private" },
      logs: { retentionDays: 90 },
    });
  });

  it("prints all of them unless it is asked for some", async () => {
    expect(Object.keys(JSON.parse((await project.run(["config", "--json"])).stdout))).toEqual([
      "dev",
      "prod",
      "staging",
    ]);
    const some = await project.run(["config", "staging", "dev", "--json"]);
    expect(Object.keys(JSON.parse(some.stdout))).toEqual(["dev", "staging"]);
  });

  it("prints text that is TypeScript as it stands, with colours only where they show", async () => {
    const plain = await project.run(["config", "dev"]);
    expect(plain.stdout).toMatch(/^\{\n {2}dev: \{\n {4}name: 'dev',/);
    const { stdout } = await project.run(["config", "dev"], { colour: true });
    expect(stripVTControlCharacters(stdout)).toBe(plain.stdout);
    expect(stdout).not.toBe(plain.stdout);
  });

  it("answers a name it does not know in one sentence, with the one that was meant", async () => {
    expect(await project.run(["config", "staing"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "foundry: there is no environments/staing.ts; did you mean staging? There is dev, prod and staging.\n",
    });
  });

  it("prints every problem of a wrong environment and ends with 1", async () => {
    const { code, stdout, stderr } = await new TestProject([
      { ...minimal("dev"), aws: { region: "us-west-2", accountId: "12" } },
    ]).run(["config"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^environments\/dev\.ts: aws\.accountId\n {2}is: {3}"12"\n {2}why: .+\n {2}do: .+\n$/);
  });
});
