import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startsPrograms } from "../support/programs";

const project = join(__dirname, "..", "..");
const packageJson = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));

/** A program in a folder of its own, for what happens before a command of ours runs. */
const root = realpathSync(mkdtempSync(join(tmpdir(), "launcher-")));

function run(cwd: string, command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    // Nobody listens there: whoever asks the registry fails.
    env: { ...process.env, npm_config_registry: "http://127.0.0.1:9/", npm_config_yes: "false" },
  });
  return { status, stdout, stderr };
}

const foundry = join(project, "node_modules", ".bin", "foundry");
const program = join(root, "commands", "foundry.ts");

function write(code: string, second: number): void {
  writeFileSync(program, code);
  // Later than the last compilation or earlier, however fast the test is.
  utimesSync(program, second, second);
}

beforeAll(() => {
  for (const folder of ["commands", "environments", ".gen"]) mkdirSync(join(root, folder));
  writeFileSync(join(root, "package.json"), JSON.stringify({ dependencies: packageJson.dependencies }));
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { module: "node20", types: ["node"], rootDir: ".", outDir: "dist", noEmitOnError: true },
      include: ["commands"],
    }),
  );
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  write("export function start(root: string): void { console.log(`first in ${root}`); }\n", 0);
});

describe("npx foundry", startsPrograms, () => {
  it("is ours, and asks no registry", () => {
    expect(run(join(root, "environments"), "npx", "foundry")).toEqual({
      status: 0,
      stdout: `first in ${root}\n`,
      stderr: "",
    });
  });

  it("is linked by a dependency of the product, which no choice of workspaces or of development tools leaves out", () => {
    expect(packageJson.dependencies["@ingress-foundry/program"]).toBe("file:commands/launcher");
    expect(packageJson.bin).toBeUndefined();
  });
});

describe("the launcher", startsPrograms, () => {
  it("finds the project above the folder it is called in, not where it lies itself", () => {
    expect(run(join(root, "environments"), foundry).stdout).toBe(`first in ${root}\n`);
  });

  it("answers outside of any project in one sentence, with 2", () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "elsewhere-")));
    const { status, stdout, stderr } = run(elsewhere, foundry, "list");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^foundry: ${elsewhere} is not in a project of Ingress Foundry, .*\n$`));
  });

  it("compiles again when a source changed, and only then", () => {
    const soon = Date.now() / 1000 + 60;
    write('export function start(): void { console.log("second"); }\n', 0);
    expect(run(root, foundry).stdout).toBe(`first in ${root}\n`);
    write('export function start(): void { console.log("second"); }\n', soon);
    expect(run(root, foundry).stdout).toBe("second\n");
  });

  it("runs nothing where a type is wrong, and ends with 1", () => {
    write('export function start(): void { console.log("third" * 2); }\n', Date.now() / 1000 + 120);
    const { status, stdout } = run(root, foundry);
    expect(status).toBe(1);
    expect(stdout).toContain("commands/foundry.ts(1,");
  });

  it("says what to install where there is no compiler", () => {
    const bare = realpathSync(mkdtempSync(join(tmpdir(), "bare-")));
    for (const part of ["package.json", "tsconfig.json"]) cpSync(join(root, part), join(bare, part));
    expect(run(bare, foundry)).toEqual({
      status: 1,
      stdout: "",
      stderr: "foundry: the project has to be compiled, and TypeScript is not installed. Install it: npm ci\n",
    });
  });
});
