import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { whileAltered } from "../src/altered-stack";

let folder: string;
const whole = '{"terraform":{},"resource":{"aws_vpc":{"network":{"cidr_block":"10.0.0.0/16"}}}}';
const text = () => readFileSync(join(folder, "cdk.tf.json"), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "altered-"));
  writeFileSync(join(folder, "cdk.tf.json"), whole);
});
afterEach(() => rmSync(folder, { recursive: true }));

const withoutVpc = (json: { resource: Record<string, unknown> }) => delete json.resource["aws_vpc"];

it("a stack is another one while something is done, and the same again afterwards", async () => {
  const seen = await whileAltered({ folder }, withoutVpc, async () => text());
  expect(JSON.parse(seen).resource).toEqual({});
  expect(text()).toBe(whole);
});

it("a stack is the same again after something that failed", async () => {
  await expect(whileAltered({ folder }, withoutVpc, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(text()).toBe(whole);
});

it("an alteration that alters nothing is an error, so that no scenario passes without one", async () => {
  const nothing = whileAltered(
    { folder },
    () => undefined,
    async () => "done",
  );
  await expect(nothing).rejects.toThrow(/could be altered/);
});
