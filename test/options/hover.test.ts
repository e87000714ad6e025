import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startsPrograms } from "../support/programs";
import { LanguageServer } from "./language-server";

const root = join(__dirname, "..", "..");

const prose = {
  accountId: "Account that the credentials must belong to; Terraform refuses any other.",
  nat: "The way out of private subnets. `per-zone` survives the loss of a zone",
  capacity: "How instances are bought",
  exposure: "Who can reach ",
};

const written = readdirSync(join(root, "examples"))
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    return Object.entries(prose)
      .filter(([option]) => new RegExp(`\\b${option}:`).test(text))
      .map(([option, shown]) => ({ file: `examples/${name}`, option, shown }));
  });

describe("an editor shows, where an option is written,", startsPrograms, () => {
  let server: LanguageServer;
  beforeAll(async () => {
    server = await LanguageServer.start(root);
  }, startsPrograms.timeout);
  afterAll(() => server.stop());

  it.each(written)("what it is for: $option in $file", async ({ file, option, shown }) => {
    expect(await server.hover(file, option)).toContain(shown);
  });

  it("its type, default and example", async () => {
    const nat = await server.hover("examples/dev.ts", "nat");
    expect(nat).toContain('"none" | "per-zone" | "single"');
    expect(nat).toMatch(/@default\W+`per-zone`/);
    expect(await server.hover("examples/dev.ts", "accountId")).toMatch(/@example\W+.*123456789012/s);
  });
});
