import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SandboxFolder, sandboxFolder } from "@ingress-foundry/sandbox/folder";
import { marker } from "@ingress-foundry/sandbox/marked-processes";
import { temporaryFolder, variables } from "@ingress-foundry/sandbox/test/fixtures";
import { describe, expect, it, onTestFinished } from "vitest";
import { LoopbackWatch } from "../src/loopback-watch";

/** Listens on loopback and connects to itself: three sockets, of which each end of the connection is one. */
const threeSockets = `
  const { connect, createServer } = require("node:net");
  const server = createServer(() => console.log("ready"));
  server.listen(0, "127.0.0.1", () => connect(server.address().port, "127.0.0.1"));
`;

/** Starts a process of a sandbox; resolves when it has its sockets. */
async function startIn(folder: SandboxFolder, name = process.execPath): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", threeSockets], {
    argv0: name,
    stdio: ["ignore", "pipe", "inherit"],
    env: { [marker]: folder.root },
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  await once(child.stdout, "data");
  return child;
}

/** Looks once at the sockets of a sandbox. */
async function look(folder: SandboxFolder): Promise<LoopbackWatch> {
  const watch = new LoopbackWatch([folder]);
  await watch.stop();
  return watch;
}

describe.skipIf(!LoopbackWatch.possible())("the watch over sockets", () => {
  it("sees those of a sandbox's processes, and finds nothing to say about loopback", async () => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    await startIn(sandboxFolder("watched"));
    const { seen, strays } = await look(sandboxFolder("watched"));
    expect([seen, [...strays]]).toEqual([3, []]);
  });

  it("sees none of another sandbox", async () => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    await startIn(sandboxFolder("other"));
    expect((await look(sandboxFolder("watched"))).seen).toBe(0);
  });

  it("leaves out a terraform init, which may fetch its plugins from elsewhere, and no other terraform", async () => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    await startIn(sandboxFolder("watched"), "terraform init");
    expect((await look(sandboxFolder("watched"))).seen).toBe(0);
    await startIn(sandboxFolder("watched"), "terraform apply");
    expect((await look(sandboxFolder("watched"))).seen).toBe(3);
  });

  it.each([
    ["leaves out a Helm plugin that fetches charts from their own addresses", "address", 0],
    ["sees a Helm plugin that gets its charts from the sandbox", "folder", 3],
  ])("%s", async (_, kind, seen) => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    const folder = sandboxFolder("watched");
    mkdirSync(folder.charts, { recursive: true });
    writeFileSync(join(folder.charts, "sources.json"), JSON.stringify({ "nginx-1.2.3.tgz": { kind } }));
    await startIn(folder, "/plugins/terraform-provider-helm_v3.1.1");
    expect((await look(folder)).seen).toBe(seen);
  });
});
