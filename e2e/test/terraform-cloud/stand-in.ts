import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { sandboxCacheFolder } from "@ingress-foundry/sandbox/cache-folder";
import {
  startTerraformCloud,
  type TerraformCloud,
  type TerraformCloudOptions,
} from "@ingress-foundry/sandbox/terraform-cloud/server";

/** A request kind, and whoever called it. */
export interface Called {
  readonly client: string;
  readonly name: string;
  readonly status: number;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Version of the Terraform on the PATH; undefined where there is none. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout).terraform_version : undefined;
}

/** The stand-in with what was called, by whom. Programs that nobody here wrote call it; no test does. */
export class StandIn {
  readonly folder = mkdtempSync(join(tmpdir(), "terraform-cloud-"));
  readonly calls: Called[] = [];
  /** Requests that nothing answers: what the stand-in lacks. */
  readonly unanswered: string[] = [];
  /** Who calls at present. */
  client = "";
  private server: TerraformCloud | undefined;

  async start(options: Partial<TerraformCloudOptions> = {}): Promise<void> {
    const configuration = process.env["TF_CLI_CONFIG_FILE"];
    this.server = await startTerraformCloud({
      folder: join(this.folder, "server"),
      authority: join(this.folder, "authority"),
      organization: "example",
      agentPools: ["apool-0123456789abcdef"],
      terraform: "terraform",
      terraformVersion: terraformVersion() ?? "",
      environment: { ...this.machine(), ...options.environment },
      installation: configuration === undefined ? "" : readFileSync(configuration, "utf8"),
      onAnswer: ({ name, path, status }) => {
        if (name === undefined) this.unanswered.push(`${this.client}: ${path}`);
        else this.calls.push({ client: this.client, name, status });
      },
      ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== "environment")),
    });
  }

  /** What a machine of Terraform Cloud's has: Terraform, and no AWS CLI. */
  private machine(): Readonly<Record<string, string>> {
    const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !existsSync(join(folder, "aws")));
    // Plugins are unpacked once; Terraform links them.
    const plugins = join(sandboxCacheFolder(), "terraform-plugins");
    mkdirSync(plugins, { recursive: true });
    return {
      PATH: folders.join(delimiter),
      HOME: this.folder,
      TF_PLUGIN_CACHE_DIR: plugins,
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    };
  }

  get cloud(): TerraformCloud {
    if (this.server === undefined) throw new Error("the stand-in is not started");
    return this.server;
  }

  get environment(): Readonly<Record<string, string>> {
    const path = process.env["PATH"] ?? "";
    return { ...this.machine(), PATH: path, CHECKPOINT_DISABLE: "1", ...this.cloud.ownerEnvironment };
  }

  /** A folder for a program to work in. */
  folderOf(name: string): string {
    const folder = join(this.folder, "roots", name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Writes a root module whose state is in a workspace. */
  root(workspace: string, module: object, cloud: object = {}): string {
    const folder = this.folderOf(workspace);
    const { terraform = {}, ...rest }: { terraform?: object } = { ...module };
    const block = { organization: "example", workspaces: { name: workspace }, ...cloud };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ ...rest, terraform: { cloud: block, ...terraform } }));
    return folder;
  }

  /** Writes a synthesized stack as it is. */
  stack(id: string, text: string): string {
    const folder = this.folderOf(id);
    writeFileSync(join(folder, "cdk.tf.json"), text);
    return folder;
  }

  /** Runs a program to its end, as a client of a name. */
  async run(
    client: string,
    folder: string,
    [program = "", ...args]: readonly string[],
    {
      typed = "",
      environment = {},
      signal,
      with: ending = "SIGKILL",
    }: {
      typed?: string;
      environment?: Readonly<Record<string, string>>;
      signal?: AbortSignal;
      with?: NodeJS.Signals;
    } = {},
  ): Promise<Ended> {
    this.client = client;
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: folder, env: { ...this.environment, ...environment }, detached: true });
      let output = "";
      const note = (data: Buffer) => {
        output += data.toString("utf8");
      };
      child.stdout.on("data", note);
      child.stderr.on("data", note);
      child.stdin.end(typed);
      signal?.addEventListener("abort", () => child.kill(ending), { once: true });
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output: stripVTControlCharacters(output) }));
    });
  }

  terraform(folder: string, ...args: readonly string[]): Promise<Ended> {
    return this.run("Terraform", folder, ["terraform", ...args, "-no-color"]);
  }

  async close(): Promise<void> {
    await this.server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asked for only where a run has to wait when it is looked at first: by chance. */
const byTiming = ["GET organizations/:organization/runs/queue", "GET workspaces/:id/runs"];

/** The request kinds that were called, each with its clients, as a table. */
export function tableOf(calls: readonly Called[], clients: readonly string[]): string {
  const names = [...new Set(calls.map(({ name }) => name))].filter((name) => !byTiming.includes(name)).sort();
  const rows = names.map((name) => {
    const marks = clients.map((client) =>
      calls.some((call) => call.name === name && call.client === client) ? "x" : "",
    );
    return `| \`${name}\` | ${marks.join(" | ")} |`;
  });
  return [`| request | ${clients.join(" | ")} |`, `|---|${clients.map(() => "---|").join("")}`, ...rows, ""].join("\n");
}

/** Folder of the project that a file of its lies in. */
export const projectFolder = dirname(dirname(dirname(__dirname)));
