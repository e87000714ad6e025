import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockFile } from "../../commands/synth/provider-lock-files";
import { Checkout } from "../support/checkout";
import { startsPrograms } from "../support/programs";

describe("foundry synth", startsPrograms, () => {
  const checkout = new Checkout();
  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

  const copied = (stack: string) => checkout.path("cdktf.out", "stacks", stack, ".terraform.lock.hcl");

  it("says in one line that there is no provider lock file", () => {
    const { status, stderr } = checkout.synth({ ENVIRONMENTS: "dev" });
    expect(status, stderr).toBe(0);
    expect(stderr.match(/^No provider lock file: .*npx foundry providers lock.*$/gm)).toHaveLength(1);
    expect(existsSync(copied("dev-apps"))).toBe(false);
  });

  it("puts a provider lock file beside the stacks of its kind", () => {
    const file = lockFile(checkout.folder, "apps");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "# Of the kind apps.\n");
    const { stderr } = checkout.synth({ ENVIRONMENTS: "dev" });
    expect(readFileSync(copied("dev-apps"), "utf8")).toBe("# Of the kind apps.\n");
    expect(existsSync(copied("dev-cluster"))).toBe(false);
    expect(stderr).toContain("No provider lock file for cluster, identity, controllers: ");
  });
});
