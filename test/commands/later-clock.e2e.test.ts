import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";
import { startsPrograms } from "../support/programs";

const preload = join(__dirname, "..", "support", "later-clock.cjs");

describe("README's commands on a later day", startsPrograms, () => {
  let checkout: Checkout;
  let synthesized: ReadonlyMap<string, string>;

  const on = (day: string) => ({ NODE_OPTIONS: `--require ${preload}`, LATER_CLOCK: day });

  beforeAll(() => {
    checkout = new Checkout();
    expect(checkout.synth().status).toBe(0);
    synthesized = checkout.files("cdktf.out");
  }, startsPrograms.timeout);

  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

  it.each(["2027-02-01", "2027-06-01", "2030-01-01"])(
    "synth writes the same bytes on %s, and warns of what ended",
    (day) => {
      const { status, stderr } = checkout.synth(on(day));
      expect(status, stderr).toBe(0);
      expect(stderr).toContain("environments/prod.ts: Emissary-ingress 4.1.0 reached its end on 2027-01-13");
      expect(checkout.files("cdktf.out")).toEqual(synthesized);
    },
  );

  it("config and lifecycle answer, and lifecycle says what has ended", () => {
    expect(checkout.run("npx", ["foundry", "config", "prod"], on("2030-01-01"))).toMatchObject({ status: 0 });
    const { status, stdout } = checkout.run("npx", ["foundry", "lifecycle", "prod"], on("2030-01-01"));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Emissary-ingress +4\.1\.0 +ended +2027-01-13/m);
  });
});
