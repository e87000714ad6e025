import { existsSync } from "node:fs";
import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fetchesCharts } from "@ingress-foundry/sandbox/charts/sources";
import type { SandboxFolder } from "@ingress-foundry/sandbox/folder";
import { markedProcesses } from "@ingress-foundry/sandbox/marked-processes";

/** Milliseconds between two looks. */
const interval = 2_000;

/** May fetch plugins from elsewhere: they have addresses of their own. */
const init = /\bterraform init\b|\btofu init\b/;
/** May fetch charts from elsewhere, where the sandbox does not serve them. */
const helm = /\bterraform-provider-helm/;

/** Looks again and again at the sockets of every process of some sandboxes. */
export class LoopbackWatch {
  /** Sockets that listened beyond loopback, or led beyond it: `command: address`. */
  readonly strays = new Set<string>();
  /** Sockets seen so far; none would mean that the watch saw nothing. */
  seen = 0;
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;

  constructor(private readonly folders: readonly SandboxFolder[]) {
    this.done = this.follow();
  }

  /** Undefined where the system does not tell; only Linux does. */
  static possible(): boolean {
    return existsSync("/proc/self/net/tcp");
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && LoopbackWatch.possible()) {
      for (const folder of this.folders) {
        for (const { pid, command } of await markedProcesses(folder)) {
          if (!init.test(command) && !(helm.test(command) && fetchesCharts(folder.charts))) {
            await this.look(pid, command);
          }
        }
      }
      await sleep(interval, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(pid: number, command: string): Promise<void> {
    const own = await readlink("/proc/self/ns/net").catch(() => "");
    // A namespace of its own holds nothing but loopback, or a network that no way leads out of.
    if ((await readlink(`/proc/${pid}/ns/net`).catch(() => "")) !== own) {
      return;
    }
    const inodes = await socketInodes(pid);
    for (const table of ["tcp", "tcp6"]) {
      const text = await readFile(`/proc/${pid}/net/${table}`, "utf8").catch(() => "");
      for (const line of text.split("\n").slice(1)) {
        const [, local = "", remote = "", , , , , , , inode = ""] = line.trim().split(/\s+/);
        if (inodes.has(inode)) {
          this.seen += 1;
          // A listening socket has no remote address, which is written as zeros.
          const address = /^0+:0+$/.test(remote) ? local : remote;
          if (!isLoopback(address)) {
            this.strays.add(`${command}: ${address}`);
          }
        }
      }
    }
  }
}

async function socketInodes(pid: number): Promise<ReadonlySet<string>> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** Addresses as /proc writes them: words in the machine's byte order, hexadecimal. */
function isLoopback(address: string): boolean {
  const host = address.split(":")[0] ?? "";
  return (
    /^[0-9A-F]{6}7F$/.test(host) || host === "00000000000000000000000001000000" || /FFFF0000[0-9A-F]{6}7F$/.test(host)
  );
}
