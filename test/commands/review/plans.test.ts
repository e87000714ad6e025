import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPlans } from "../../../commands/review/plans";
import { reviewOf } from "../../../commands/review/review";
import { today } from "../../support/environments";

const folder = mkdtempSync(join(tmpdir(), "plans-"));

function planFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const change = (type: string, name: string, before: object | null, after: object | null, more: object = {}) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  change: { before, after, after_unknown: {}, ...more },
});

const plan = (changes: readonly object[], version = "1.2") =>
  JSON.stringify({
    format_version: version,
    terraform_version: "1.14.0",
    resource_changes: changes,
    output_changes: {},
  });

async function reviewed(...files: readonly string[]) {
  const { before, after } = readPlans(files);
  return (await reviewOf(before, after, { before: "what is there", after: "the plan", today })).environments;
}

describe("plans of several stacks", () => {
  it("are reviewed by environment and stack, as their files are named", async () => {
    const cluster = planFile(
      "dev-cluster.json",
      plan([change("aws_subnet", "a", { cidr_block: "10.0.0.0/20" }, { cidr_block: "10.0.64.0/20" })]),
    );
    const apps = planFile("dev-apps.json", plan([change("aws_eip", "b", { domain: "vpc" }, null)]));
    const [dev] = await reviewed(cluster, apps);
    expect(dev?.changes.map(({ stack, action, address }) => `${stack} ${action} ${address}`)).toEqual([
      "cluster replace aws_subnet.a",
      "apps remove aws_eip.b",
    ]);
    expect(dev?.attention.map(({ concern }) => concern)).toEqual(["replacement", "removal"]);
  });

  it("say nothing where a plan only knows less of what stays", async () => {
    const file = planFile(
      "same-cluster.json",
      plan([change("aws_eip", "a", { domain: "vpc", id: "1", tags: null }, { domain: "vpc", id: "1" })]),
    );
    const [dev] = await reviewed(file);
    expect(dev?.changes).toEqual([]);
  });

  it("call a move a move, where Terraform does", async () => {
    const file = planFile(
      "moved-cluster.json",
      plan([{ ...change("aws_eip", "b", { domain: "vpc" }, { domain: "vpc" }), previous_address: "aws_eip.a" }]),
    );
    const [dev] = await reviewed(file);
    expect(dev?.changes).toEqual([
      expect.objectContaining({ action: "move", address: "aws_eip.b", from: "aws_eip.a" }),
    ]);
  });

  it.each([
    ["a plan that is cut off", "cut-apps.json", '{"format_version": "1.2", "resource_ch', "is no JSON"],
    [
      "a plan file that is not printed",
      "binary-apps.json",
      "PK\u0003\u0004rest",
      "is a plan file; print it as JSON with terraform show -json",
    ],
    ["a plan of another format", "old-apps.json", plan([], "2.0"), "has the format version 2.0, and 1.x is known"],
    ["JSON that is no plan", "other-apps.json", '{"resource": {}}', "is no plan that terraform show -json printed"],
    ["a plan of nobody knows what", "plan.json", plan([]), "does not say of which stack it is a plan"],
  ])("are refused in a sentence: %s", (_what, name, text, says) => {
    expect(() => readPlans([planFile(name, text)])).toThrow(says);
  });

  it("are refused where one is named after another stack than it makes", () => {
    const text = JSON.stringify({ ...JSON.parse(plan([])), planned_values: { outputs: { doors: { value: {} } } } });
    const file = planFile("mixed-cluster.json", text);
    expect(() => readPlans([file])).toThrow(
      "mixed-cluster.json is named as a plan of cluster and has the outputs of apps; name it after its own stack",
    );
  });

  // Terraform and OpenTofu alike raise the minor version where something is added, which a reader has to pass over.
  // Source: their documentation, "JSON Output Format".
  it.each(["1.0", "1.1", "1.2", "1.3"])("are read in the format version %s", async (version) => {
    const file = planFile(`format-${version}-cluster.json`, plan([change("aws_eip", "b", null, {})], version));
    expect((await reviewed(file))[0]?.changes.map(({ action }) => action)).toEqual(["add"]);
  });

  it("are refused where two are of one stack", () => {
    const [one, other] = [planFile("dev-apps.one.json", plan([])), planFile("dev-apps.two.json", plan([]))];
    expect(() => readPlans([one, other])).toThrow("are both plans of dev-apps; give one of them");
  });
});
