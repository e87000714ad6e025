import { spawn } from "node:child_process";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pWaitFor from "p-wait-for";
import { describe, expect, it } from "vitest";
import { cachedCoredns } from "../../src/traffic/names/coredns";
import { hostsFile, resolverConfiguration, zoneFile } from "../../src/traffic/names/zones";
import { temporaryFolder } from "../fixtures";

const program = cachedCoredns();
// It listens where a resolver of a VPC does, on port 53.
const missing =
  program === undefined || process.getuid?.() !== 0 ? " (not run: CoreDNS is not built, or nobody is root)" : "";
const address = "127.0.53.53";

describe(`the resolver of a VPC${missing}`, () => {
  it.skipIf(missing !== "")("knows load balancers by their own names, and Route 53's records beside them", async () => {
    const folder = temporaryFolder();
    const balancer = "k8s-shop-1.eu-west-1.elb.amazonaws.com";
    const amazon = new Map([[balancer, ["127.0.0.9"]]]);
    const alias = {
      Name: "shop.dev.example.com.",
      Type: "A" as const,
      AliasTarget: { DNSName: `${balancer}.`, HostedZoneId: "Z", EvaluateTargetHealth: false },
    };
    mkdirSync(join(folder, "zones"));
    writeFileSync(join(folder, "Corefile"), resolverConfiguration(folder, [address]));
    writeFileSync(join(folder, "amazon-names"), hostsFile(amazon));
    writeFileSync(
      join(folder, "zones", "db.dev.example.com"),
      zoneFile({ name: "dev.example.com", records: [alias] }, amazon, 1),
    );
    const server = spawn(program ?? "", ["-conf", join(folder, "Corefile")], { stdio: "ignore" });
    try {
      const resolver = new Resolver({ timeout: 500, tries: 1 });
      resolver.setServers([address]);
      const resolves = (name: string) => resolver.resolve4(name).catch(() => undefined);
      await pWaitFor(async () => (await resolves(balancer)) !== undefined, { interval: 100, timeout: 15_000 });
      expect(await resolves(balancer)).toEqual(["127.0.0.9"]);
      expect(await resolves("shop.dev.example.com")).toEqual(["127.0.0.9"]);
      expect(await resolves("nobody.dev.example.com")).toBeUndefined();
    } finally {
      server.kill();
      await once(server, "exit");
    }
  });
});
