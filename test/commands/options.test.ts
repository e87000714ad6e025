import { describe, expect, it } from "vitest";
import { TestProject } from "./test-project";

const project = new TestProject();

/** What is printed of each option: its heading, then its lines. */
async function printed(path?: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { code, stdout, stderr } = await project.run(["options", ...(path === undefined ? [] : [path])]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const blocks = stdout.trimEnd().split("\n\n");
  return Object.fromEntries(
    blocks.map((block) => {
      const [heading = "", ...lines] = block.split("\n");
      return [heading, lines.map((line) => line.trim())];
    }),
  );
}

describe("foundry options", () => {
  it("prints type, purpose and default of an option", async () => {
    expect(await printed("network.nat")).toEqual({
      "network.nat (create)": [
        '"single" | "per-zone" | "none"',
        "The way out of private subnets. `per-zone` survives the loss of a zone, `single` costs one NAT",
        "gateway, in the first zone of the list, `none` needs `interfaceEndpoints`.",
        "Default: `per-zone`.",
      ],
    });
  });

  it("prints bounds and an example, and says what has to be written", async () => {
    const { "aws.region": region, "aws.accountId": accountId } = await printed("aws");
    expect(region).toContain("Required.");
    expect(accountId).toContain('Such as "123456789012"');
    expect(await printed("cluster.nodeGroups.disk.sizeGiB")).toEqual({
      "cluster.nodeGroups.<name>.disk.sizeGiB": ["number, 20 to 16384", "Size in GiB.", "Default: `50`."],
    });
  });

  it("prints everything below an option, lists and records too", async () => {
    const options = await printed("dns");
    expect(Object.keys(options)).toEqual([
      "dns",
      "dns.zones",
      "dns.zones.<name>.foreignRecords (create)",
      "dns.zones.<name>.foreignRecords.reason (create / delete)",
      "dns.zones.<name>.zoneId (existing)",
    ]);
  });

  it("says of a choice what each kind is", async () => {
    const { state } = await printed("state");
    expect(state).toContain("local: Files on this machine.");
  });

  it("reads a path as a problem prints it, with names and places or without, and with kinds", async () => {
    const short = await printed("workloads.routes.alb.exposure");
    expect(Object.keys(short)).toEqual(["workloads.<name>.routes[].exposure (alb)"]);
    const { stdout } = await project.run(["options", "workloads.shop.routes[0].exposure"]);
    expect(stdout).toContain("workloads.<name>.routes[].exposure (alb)\n");
    expect(stdout).toContain("workloads.<name>.routes[].exposure (nlb)\n");
    expect((await project.run(["options", 'dns.zones["dev.example.com"].zoneId'])).code).toBe(0);
  });

  it("prints the parts of an environment where none is named", async () => {
    const { stdout } = await project.run(["options"]);
    expect(stdout).toMatch(/^name\n/);
    for (const part of ["aws", "cluster", "workloads", "mesh"]) expect(stdout).toContain(`\n\n${part}\n`);
    expect(stdout).not.toContain("aws.region");
  });

  it("gives a program the JSON Schema of the whole or of a part", async () => {
    const whole = JSON.parse((await project.run(["options", "--json"])).stdout);
    expect(whole.properties.network.oneOf).toHaveLength(2);
    const { stdout } = await project.run(["options", "network.nat", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ enum: ["single", "per-zone", "none"], default: "per-zone" });
    const several = JSON.parse((await project.run(["options", "workloads.routes.exposure", "--json"])).stdout);
    expect(several.anyOf).toHaveLength(2);
  });

  it.each([
    ["network.natt", "there is no option network.natt; did you mean network.nat? network has create, kind,"],
    ["nework.nat", "there is no option nework.nat; did you mean network? an environment has name, aws,"],
    ["name.first", "there is no option name.first; name has no options of its own."],
  ])("refuses %s as a wrong call, and says what there is", async (path, message) => {
    const { code, stdout, stderr } = await project.run(["options", path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`foundry: ${message}`);
  });
});
