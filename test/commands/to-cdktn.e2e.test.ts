import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";

const needed = ["npm", "view", "cdktn@0.24.0", "version"];

describe("foundry to-cdktn --check", { timeout: 600_000 }, () => {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = new Checkout();
  });
  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }), 120_000);

  it("finds that cdktn makes every stack alike, metadata aside", (context) => {
    const [program = "", ...args] = needed;
    if (spawnSync(program, args).status !== 0) context.skip("not run: npm does not bring cdktn");
    const { status, stdout, stderr } = checkout.run("npx", ["foundry", "to-cdktn", "--check"]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(
      /^cdktn 0\.24\.0 with constructs 10\.7\.2 writes the same: 16 stacks of 4 environments, \d+ other files; metadata aside$/m,
    );
  });
});
