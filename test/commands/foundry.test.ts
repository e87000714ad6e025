import { describe, expect, it } from "vitest";
import { commands } from "../../commands/commands";
import { exitCodes } from "../../commands/program/exit-codes";
import { terminalOutput } from "../../commands/program/surroundings";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const project = new TestProject([minimal("dev"), minimal("staging")]);
const names = commands.map(({ name }) => name);

describe("foundry --help", () => {
  it("lists every command with what it does, and ends with the exit codes", async () => {
    const { code, stdout, stderr } = await project.run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
    for (const { code: number, means } of Object.values(exitCodes)) expect(stdout).toContain(`  ${number}  ${means}\n`);
  });

  it.each(names)("of %s has an example and the exit codes, and is the same behind help", async (name) => {
    const { code, stdout } = await project.run([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: foundry ${name} `));
    expect(stdout).toMatch(new RegExp(`^Examples?:\n(.*\n)* {2}(\\w+=\\w+ )?foundry ${name}`, "m"));
    expect(stdout).toContain(`  2  ${exitCodes.wrongCall.means}\n`);
    expect((await project.run(["help", name])).stdout).toBe(stdout);
  });

  it("comes on standard error where no command is named, as a wrong call", async () => {
    const { code, stdout, stderr } = await project.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: foundry /);
  });
});

describe("foundry --version", () => {
  it("is the version of the project", async () => {
    expect(await project.run(["--version"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("a wrong call of foundry", () => {
  it.each([
    [["snyth"], "foundry: unknown command 'snyth'; did you mean synth? foundry --help lists what there is.\n"],
    [
      ["deploy"],
      "foundry: unknown command 'deploy'; did you mean one of apply, destroy? foundry --help lists what there is.\n",
    ],
    [["config", "--jsn"], "foundry config: unknown option '--jsn'; did you mean --json? See foundry config --help.\n"],
    [["recover"], "foundry recover: missing required argument 'environment'. See foundry recover --help.\n"],
    [
      ["recover", "dev", "staging"],
      "foundry recover: too many arguments for 'recover'. Expected 1 argument but got 2. See foundry recover --help.\n",
    ],
    [
      ["lifecycle", "--fail-within", "soon"],
      "foundry lifecycle: option '--fail-within <time>' argument 'soon' is invalid. It is a number of days or weeks, " +
        "such as 90d or 12w. See foundry lifecycle --help.\n",
    ],
    ...["config", "list", "lifecycle", "preview", "recover", "synth"].map((name): [string[], string] => [
      [name, "stagin"],
      "foundry: there is no environments/stagin.ts; did you mean staging? There is dev and staging.\n",
    ]),
    [["preview", "nope"], "foundry: there is no environments/nope.ts; there is dev and staging.\n"],
  ])("ends with 2 and one sentence that says what is right: %s", async (args, stderr) => {
    expect(await project.run(args)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("names the file to write where there is no environment at all", async () => {
    const empty = new TestProject();
    expect((await empty.run(["config", "dev"])).stderr).toBe(
      "foundry: there is no environments/dev.ts; there is none yet, so write that file.\n",
    );
    expect(await empty.run(["list"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "foundry: there is no environment yet; write one into environments/, such as environments/dev.ts.\n",
    });
  });
});

describe("an unexpected error", () => {
  const broken = new TestProject([minimal("dev")]);
  broken.compiled(
    "dev",
    "exports.default = new Proxy({}, { ownKeys() { throw new Error('no such book\\nmore of it'); } });",
  );

  it("is one sentence and exit code 1", async () => {
    expect(await broken.run(["config"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "foundry: unexpected error: no such book. Add --debug to see where it came from.\n",
    });
  });

  it.each([[["--debug", "config"]], [["config", "--debug"]]])("comes with its stack for %s", async (args) => {
    expect((await broken.run(args)).stderr).toMatch(/^foundry: Error: no such book\nmore of it\n +at .*dev\.js:1:/);
  });
});

describe("colour", () => {
  const stream = { isTTY: true, columns: 80, hasColors: () => true, write: () => true };
  const terminal = (variables: NodeJS.ProcessEnv, isTTY = true) =>
    terminalOutput(Object.assign(Object.create(null), stream, { isTTY }), variables).colour;

  it("is for a terminal alone", () => {
    expect(terminal({})).toBe(true);
    expect(terminal({}, false)).toBe(false);
  });

  it("is never used under NO_COLOR, whatever asks for it", () => {
    expect(terminal({ NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
    expect(terminal({ NO_COLOR: "" })).toBe(true);
  });

  it("changes nothing but how a table looks", async () => {
    const plain = await project.run(["lifecycle", "dev"]);
    const colourful = await project.run(["lifecycle", "dev"], { colour: true });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(colourful.stdout).toMatch(escapes);
    expect(plain.stdout).not.toMatch(escapes);
    expect(colourful.stdout.replace(escapes, "")).toBe(plain.stdout);
  });
});
