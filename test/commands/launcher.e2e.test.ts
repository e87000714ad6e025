import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
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
const main = join(root, "main.ts");

const says = (text: string) =>
  `export const start = ({ root }: { root: string }) => console.log(\`${text} in \${root}\`);\n`;

beforeAll(() => {
  for (const folder of ["environments", ".gen"]) mkdirSync(join(root, folder));
  writeFileSync(join(root, "package.json"), JSON.stringify({ dependencies: packageJson.dependencies }));
  const configurations = ["tsconfig.base.json", "tsconfig.json", join("environments", "tsconfig.json")];
  for (const file of configurations) cpSync(join(project, file), join(root, file));
  writeFileSync(join(root, "environments", "dev.ts"), "export default {};\n");
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  writeFileSync(main, says("first"));
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

  it("builds again when a source changed, and only then", () => {
    const built = () => statSync(join(root, "dist", "bundles.json")).mtimeMs;
    const before = built();
    expect(run(root, foundry).stdout).toBe(`first in ${root}\n`);
    expect(built()).toBe(before);
    writeFileSync(main, says("second"));
    expect(run(root, foundry).stdout).toBe(`second in ${root}\n`);
  });

  it("runs what the source says where it was replaced by an older file", () => {
    writeFileSync(main, says("older"));
    utimesSync(main, 0, 0);
    expect(run(root, foundry).stdout).toBe(`older in ${root}\n`);
  });

  it("leaves the word to TypeScript where a source cannot be read at all, and ends with 1", () => {
    writeFileSync(main, "export function start(: void {}\n");
    const { status, stdout, stderr } = run(root, foundry);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("main.ts(1,");
  });

  it("says what to install where there is no compiler", () => {
    const bare = realpathSync(mkdtempSync(join(tmpdir(), "bare-")));
    for (const part of ["package.json", "tsconfig.base.json", "tsconfig.json"])
      cpSync(join(root, part), join(bare, part));
    expect(run(bare, foundry)).toEqual({
      status: 1,
      stdout: "",
      stderr: "foundry: TypeScript is not installed, and it checks every source. Run npm ci.\n",
    });
  });
});
