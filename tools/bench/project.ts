import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measurement, measure, outputLimit } from "./measure";

const parts = [
  ".gen",
  "cdktf.json",
  "commands",
  "main.ts",
  "modules",
  "package.json",
  "platform",
  "stacks",
  "tools",
  "tsconfig.base.json",
  "tsconfig.json",
];

/** A copy of the project, with copies of `examples/seeds.ts` as its environments. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "bench-"));
  private readonly seeds: string;

  constructor(root: string) {
    for (const part of parts) cpSync(join(root, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    cpSync(join(root, "environments", "tsconfig.json"), join(this.folder, "environments", "tsconfig.json"));
    cpSync(join(root, "examples", "data"), join(this.folder, "environments", "data"), { recursive: true });
    this.seeds = readFileSync(join(root, "examples", "seeds.ts"), "utf8");
  }

  /** Has environments up to a number; it never has fewer than before. */
  hold(environments: number): void {
    for (let number = 1; number <= environments; number++) this.write(number);
  }

  /** Writes an environment, with something else in a tag where that is asked for. */
  write(number: number, project = "seeds"): void {
    const name = this.nameOf(number);
    const text = this.seeds
      .replace('name: "seeds"', `name: "${name}"`)
      // Of one account and region, no two environments may make things of one name.
      .replaceAll("123456789012", String(100_000_000_000 + number))
      .replace('Project: "seeds"', `Project: "${project}"`);
    writeFileSync(join(this.folder, "environments", `${name}.ts`), text);
  }

  nameOf(number: number): string {
    return `e${String(number).padStart(4, "0")}`;
  }

  /** Removes what was synthesized. */
  forget(): void {
    rmSync(join(this.folder, "cdktf.out"), { recursive: true, force: true });
  }

  run([program = "", ...args]: readonly string[]): void {
    const { status, stderr } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: "utf8",
      maxBuffer: outputLimit,
    });
    if (status !== 0) throw new Error(`${[program, ...args].join(" ")} failed:\n${stderr}`);
  }

  measure(command: readonly string[]): Measurement {
    return measure(command, { cwd: this.folder });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
