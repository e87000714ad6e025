import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStacks } from "../src/synthesized";
import { temporaryFolder } from "./fixtures";

/** Writes a `cdktf.out` of stacks with these dependencies, the manifest in this order. */
function synthesized(dependencies: Readonly<Record<string, readonly string[]>>): string {
  const output = temporaryFolder();
  const stacks = Object.entries(dependencies).map(([name, on]) => {
    const workingDirectory = `stacks/${name}`;
    mkdirSync(join(output, workingDirectory), { recursive: true });
    writeFileSync(join(output, workingDirectory, "cdk.tf.json"), JSON.stringify({ terraform: {} }));
    return [name, { name, workingDirectory, dependencies: on, synthesizedStackPath: "" }];
  });
  const manifest = { version: "0.21.0", stacks: Object.fromEntries(stacks) };
  writeFileSync(join(output, "manifest.json"), JSON.stringify(manifest));
  return output;
}

const ids = (output: string, environment: string) => readStacks(output, environment).map(({ id }) => id);

describe("the stacks of a synthesized environment", () => {
  it("stand after those that they depend on, whatever their order in the manifest", () => {
    const output = synthesized({
      "dev-apps": ["dev-cluster", "dev-controllers"],
      "dev-controllers": ["dev-cluster", "dev-identity"],
      "dev-identity": ["dev-cluster"],
      "dev-cluster": [],
    });
    expect(ids(output, "dev")).toEqual(["dev-cluster", "dev-identity", "dev-controllers", "dev-apps"]);
  });

  it("keep the manifest's order where nothing else decides", () => {
    expect(ids(synthesized({ "dev-b": [], "dev-a": [], "dev-c": [] }), "dev")).toEqual(["dev-b", "dev-a", "dev-c"]);
  });

  it("have the folder and the JSON of their own cdk.tf.json", () => {
    const output = synthesized({ "dev-cluster": [], "dev-apps": ["dev-cluster"] });
    const file = join(output, "stacks", "dev-apps", "cdk.tf.json");
    writeFileSync(
      file,
      JSON.stringify({ terraform: {}, resource: { aws_vpc: { network: { cidr_block: "10.0.0.0/16" } } } }),
    );
    const [cluster, apps] = readStacks(output, "dev");
    expect(cluster?.json.resource).toEqual({});
    expect(apps).toMatchObject({ folder: join(output, "stacks", "dev-apps"), dependencies: ["dev-cluster"] });
    expect(apps?.json.resource["aws_vpc"]).toEqual({ network: { cidr_block: "10.0.0.0/16" } });
  });

  it("are those of an environment whose name has hyphens, and never those of one whose name begins alike", () => {
    const output = synthesized({ "my-dev-cluster": [], "my-cluster": [], "dev-cluster": [], "my-dev-eu-cluster": [] });
    expect(ids(output, "my-dev")).toEqual(["my-dev-cluster"]);
    expect(ids(output, "my")).toEqual(["my-cluster"]);
    expect(ids(output, "dev")).toEqual(["dev-cluster"]);
  });

  it("that depend on each other in a circle are an error", () => {
    const output = synthesized({ "dev-a": ["dev-b"], "dev-b": ["dev-a"], "dev-cluster": [] });
    expect(() => readStacks(output, "dev")).toThrow(
      /manifest\.json: the stacks of dev depend on each other in a circle/,
    );
  });

  it("that depend on a stack that is not there are an error", () => {
    const output = synthesized({ "dev-apps": ["dev-cluster"] });
    expect(() => readStacks(output, "dev")).toThrow("or on one that is not there");
  });

  it("of an environment that was not synthesized are an error that says what to name", () => {
    const output = synthesized({ "dev-cluster": [] });
    expect(() => readStacks(output, "prod")).toThrow("no stack of environment prod, so there is nothing to apply");
    expect(() => readStacks(output, "prod")).toThrow("Name one of the files under environments/, without .ts");
  });
});
