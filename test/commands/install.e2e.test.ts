import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";

const root = join(__dirname, "..", "..");

describe("the product installed by itself, without install scripts", { timeout: 900_000 }, () => {
  const checkout = new Checkout();
  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }), 300_000);

  it("is a foundry that works", ({ skip }) => {
    unlinkSync(checkout.path("node_modules"));
    for (const file of ["package-lock.json", ".npmrc"]) cpSync(join(root, file), checkout.path(file));
    // The launcher is this copy's own, and builds with what lies beside it.
    cpSync(join(root, "tools", "build"), checkout.path("tools", "build"), { recursive: true });
    // npm reads their manifests also where it leaves them out.
    for (const workspace of ["sandbox", "e2e"]) {
      mkdirSync(checkout.path(workspace));
      cpSync(join(root, workspace, "package.json"), checkout.path(workspace, "package.json"));
    }
    const args = ["ci", "--ignore-scripts", "--omit=dev", "--workspaces=false", "--prefer-offline"];
    const installed = spawnSync("npm", args, { cwd: checkout.folder, encoding: "utf8" });
    if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/.test(installed.stderr)) {
      skip("npm reaches no registry from here");
    }
    expect(installed.status, installed.stderr).toBe(0);
    // Nothing of the sandbox, the tests or the CLI of cdktf is there.
    expect(existsSync(checkout.path("node_modules", "vitest"))).toBe(false);
    const { status, stderr } = checkout.run("npx", ["foundry", "synth", "dev"]);
    expect(status, stderr).toBe(0);
    expect([...checkout.files("cdktf.out/stacks").keys()]).toContain("dev-apps/cdk.tf.json");
    expect(checkout.run("npx", ["foundry", "lifecycle", "dev"])).toMatchObject({ status: 0 });
  });
});
