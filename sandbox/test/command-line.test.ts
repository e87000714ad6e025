import { describe, expect, it } from "vitest";
import { type Actions, runCommandLine } from "../src/command-line";

const known = {
  environments: (project: string | undefined) => (project === undefined ? ["dev", "prod"] : ["old"]),
  sandboxes: () => ["dev", "second"],
};

/** Runs a command line whose actions do nothing but remember how they were called. */
async function run(args: readonly string[], success = true, sandboxes?: readonly string[]) {
  const calls: unknown[][] = [];
  let loaded = false;
  const remember =
    (name: string) =>
    async (...args: readonly unknown[]): Promise<boolean> => {
      calls.push([name, ...args]);
      return success;
    };
  const load = async (): Promise<Actions> => {
    loaded = true;
    return {
      up: remember("up"),
      destroy: remember("destroy"),
      status: remember("status"),
      tryDoors: remember("tryDoors"),
      shell: remember("shell"),
      down: remember("down"),
    };
  };
  let out = "";
  let errors = "";
  const there = sandboxes === undefined ? known : { ...known, sandboxes: () => sandboxes };
  const exitCode = await runCommandLine(args, load, there, {
    writeOut: (text) => {
      out += text;
    },
    writeErr: (text) => {
      errors += text;
    },
  });
  return { exitCode, calls, loaded, out, errors };
}

const calls = async (...args: readonly string[]) => (await run(args)).calls;

describe("the command line of the sandbox", () => {
  it("names a sandbox after its environment, unless it says another name", async () => {
    const dev = { environment: "dev", name: "dev", keep: false, project: undefined, traffic: false };
    expect(await calls("up", "dev")).toEqual([["up", dev]]);
    expect(await calls("up", "dev", "--name", "third")).toEqual([["up", { ...dev, name: "third" }]]);
  });

  it("lets doors answer where it is asked to", async () => {
    expect(await calls("up", "dev", "--traffic")).toMatchObject([["up", { environment: "dev", traffic: true }]]);
  });

  it("leaves the options of a shell's command to that command", async () => {
    expect(await calls("shell", "--name", "dev", "curl", "--name", "x", "http://shop")).toEqual([
      ["shell", "dev", ["curl", "--name", "x", "http://shop"]],
    ]);
  });

  it("keeps a sandbox whose apply failed only when asked to, and takes environments from the project it is given", async () => {
    expect(await calls("up", "old", "--keep", "--project", "../old")).toEqual([
      ["up", { environment: "old", name: "old", keep: true, project: "../old", traffic: false }],
    ]);
  });

  it("takes a stack by its whole id or without the environment's name", async () => {
    expect(await calls("destroy", "dev", "apps", "dev-controllers")).toEqual([
      ["destroy", { environment: "dev", name: "dev", stacks: ["dev-apps", "dev-controllers"] }],
    ]);
    expect(await calls("destroy", "dev")).toEqual([["destroy", { environment: "dev", name: "dev", stacks: [] }]]);
  });

  it.each([
    ["status", []],
    ["down", ["--all"]],
  ])("%s is for one sandbox, or for all with %j", async (command, all) => {
    expect(await calls(command, ...all)).toEqual([[command, undefined]]);
    expect(await calls(command, "dev")).toEqual([[command, "dev"]]);
    expect(await calls(command, "--name", "second")).toEqual([[command, "second"]]);
  });

  it.each([
    ["done", true, 0],
    ["failed", false, 1],
  ])("ends as its command: %s", async (_, success, exitCode) => {
    expect(await run(["status"], success)).toMatchObject({ exitCode });
  });

  it.each([[[]], [["help"]], [["--help"]], [["up", "dev", "--help"]]])(
    "%j prints help, and loads nothing",
    async (args) => {
      const { exitCode, loaded, out, errors } = await run(args);
      expect({ exitCode, loaded, errors }).toEqual({ exitCode: 0, loaded: false, errors: "" });
      expect(out).toContain("Usage: npm run sandbox -- ");
    },
  );
});

describe("a wrong call is answered before anything is loaded:", () => {
  it.each([
    ["an environment that does not exist", ["up", "nope"], "there is no environment nope. There is dev, prod."],
    ["a misspelt one", ["up", "prd"], "there is no environment prd. Did you mean prod? There is dev, prod."],
    ["one that another project has", ["up", "dev", "--project", "../old"], "no environment dev. There is old."],
    ["a sandbox that does not run", ["down", "secnd"], "no sandbox secnd. Did you mean second? There is dev, second."],
    ["one by its name", ["status", "--name", "nope"], "there is no sandbox nope. There is dev, second."],
    ["one to destroy in", ["destroy", "nope"], "there is no sandbox nope. There is dev, second."],
    ["no environment", ["up"], "missing required argument 'environment'"],
    ["nothing to destroy in", ["destroy"], "missing required argument 'environment'"],
    ["a command that does not exist", ["start", "dev"], "unknown command 'start'"],
    ["a misspelt command", ["stats"], "unknown command 'stats'. Did you mean status?"],
    ["a misspelt option", ["up", "dev", "--kep"], "unknown option '--kep'. Did you mean --keep?"],
    ["a second environment", ["status", "dev", "prod"], "too many arguments"],
    ["no sandbox to end", ["down"], "say which sandbox ends, or --all. There is dev, second."],
    ["one to end, and all", ["down", "dev", "--all"], "--all is every sandbox, and dev is one of them."],
    ["an option of another command", ["down", "dev", "--keep"], "unknown option '--keep'"],
  ])("%s", async (_, args, message) => {
    const { exitCode, loaded, out, errors } = await run(args);
    expect({ exitCode, loaded, out }).toEqual({ exitCode: 2, loaded: false, out: "" });
    expect(errors).toContain(message);
    expect(errors).toContain("npm run sandbox -- --help lists what there is.");
  });

  it("but a sandbox of an environment that exists may have gone already, and all of none are ended", async () => {
    expect(await calls("down", "prod")).toEqual([["down", "prod"]]);
    expect(await run(["down"], true, [])).toMatchObject({ exitCode: 0, calls: [["down", undefined]] });
  });
});
