import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { holdsWithin } from "../../waiting";
import { NamespaceProcess } from "../process";
import { run } from "../run";
import { askHaproxy, type ServerHealth, serverHealth } from "./health";

/** Milliseconds for HAProxy to take a new configuration. */
const patience = 10_000;

/** The HAProxy that forwards for every load balancer. */
export class BalancingProxy {
  private process: NamespaceProcess | undefined;
  private text = "";
  private known: readonly ServerHealth[] = [];

  constructor(
    private readonly namespace: string,
    private readonly folder: string,
    private readonly socketPath: string,
  ) {}

  /** What it found of each target the last time it was asked. */
  get health(): readonly ServerHealth[] {
    return this.known;
  }

  /** Has it forward by another configuration; connections go on. */
  async configure(text: string): Promise<void> {
    if (text === this.text) {
      return;
    }
    const file = join(this.folder, "balancers.cfg");
    const candidate = `${file}.new`;
    writeFileSync(candidate, text);
    await run("haproxy", ["-c", "-f", candidate]).catch((error: unknown) => {
      const alerts = String(error).match(/(?<=\[ALERT\] .* : ).*/g) ?? [String(error)];
      throw new Error(`HAProxy does not take ${candidate}: ${alerts.join("; ")}`);
    });
    writeFileSync(file, text);
    if (this.process === undefined || this.process.ended !== undefined) {
      const args = ["-W", "-db", "-f", file];
      this.process = NamespaceProcess.start(this.namespace, "haproxy", args, join(this.folder, "balancers.log"));
    } else {
      this.process.signal("SIGUSR2");
    }
    this.text = text;
    await this.distrustNewTargets(text);
  }

  /** Asks for the health of every target. */
  async look(): Promise<void> {
    if (this.process !== undefined) {
      this.known = serverHealth(await askHaproxy(this.socketPath, "show stat"));
    }
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  /** To HAProxy a server is up until a check fails. To AWS a target is unhealthy until one passes. */
  private async distrustNewTargets(text: string): Promise<void> {
    const wanted = serversOf(text).join();
    const healthy = new Set(this.known.filter(({ isUp }) => isUp).map(nameOf));
    let servers: readonly ServerHealth[] = [];
    await holdsWithin(patience, async () => {
      const answer = await askHaproxy(this.socketPath, "show stat").catch(() => "");
      servers = serverHealth(answer);
      // Until the new configuration is taken, the one before answers, which may have as many.
      return answer !== "" && servers.map(nameOf).sort().join() === wanted;
    });
    for (const server of servers.filter((each) => !healthy.has(nameOf(each)))) {
      await askHaproxy(this.socketPath, `set server ${nameOf(server)} health down`);
    }
    await this.look();
  }
}

/** Names of a configuration's servers with their backends, in alphabetical order. */
export function serversOf(text: string): readonly string[] {
  let backend = "";
  return text
    .split("\n")
    .flatMap((line) => {
      const [, section] = /^(?:backend|listen) (\S+)/.exec(line) ?? [];
      backend = section ?? backend;
      const [, server] = /^ {2}server (\S+) /.exec(line) ?? [];
      return server === undefined ? [] : [nameOf({ backend, server })];
    })
    .sort();
}

const nameOf = ({ backend, server }: Pick<ServerHealth, "backend" | "server">) => `${backend}/${server}`;
