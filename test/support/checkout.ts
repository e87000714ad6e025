import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");
const sources = [
  "main.ts",
  "commands",
  "modules",
  "platform",
  "stacks",
  ".gen",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.json",
  "cdktf.json",
];

/** What a command said and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project in a folder of its own, with the dependencies of this one. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "checkout-"));

  constructor() {
    for (const source of sources) cpSync(join(root, source), join(this.folder, source), { recursive: true });
    // As they are shipped: what somebody made of theirs is nothing to a test.
    cpSync(join(root, "examples"), join(this.folder, "environments"), { recursive: true });
    cpSync(join(root, "environments", "tsconfig.json"), join(this.folder, "environments", "tsconfig.json"));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Runs a command in the copy, with nothing of the caller's environment that steers synth. */
  run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ended {
    const { ENVIRONMENTS: _, CDKTF_OUTDIR: __, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...inherited, ...environment },
    });
    return { status, stdout, stderr };
  }

  synth(environment: NodeJS.ProcessEnv = {}): Ended {
    return this.run("npm", ["run", "--silent", "synth"], environment);
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Every file below a folder of the copy, by its path there. */
  files(folder: string): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const visit = (path: string) => {
      for (const name of readdirSync(path).sort()) {
        const child = join(path, name);
        if (statSync(child).isDirectory()) visit(child);
        else found.set(relative(join(this.folder, folder), child), readFileSync(child, "utf8"));
      }
    };
    visit(join(this.folder, folder));
    return found;
  }
}
