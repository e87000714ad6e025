import { describe, expect, it } from "vitest";
import { parseCommand, usage } from "../src/command-line";

describe("the command line of the sandbox", () => {
  it("names a sandbox after its environment, unless it says another name", () => {
    expect(parseCommand(["up", "dev"])).toMatchObject({ kind: "up", environment: "dev", name: "dev" });
    expect(parseCommand(["up", "dev", "--name", "second"])).toMatchObject({ environment: "dev", name: "second" });
  });

  it("keeps a sandbox whose apply failed only when told to, and applies this project unless told another", () => {
    expect(parseCommand(["up", "dev"])).toMatchObject({ keep: false, project: undefined });
    expect(parseCommand(["up", "dev", "--keep", "--project", "../old"])).toMatchObject({
      keep: true,
      project: "../old",
    });
  });

  it("takes a stack by its whole id or without the environment's name", () => {
    expect(parseCommand(["destroy", "dev", "apps", "dev-controllers"])).toEqual({
      kind: "destroy",
      environment: "dev",
      name: "dev",
      stacks: ["dev-apps", "dev-controllers"],
    });
    expect(parseCommand(["destroy", "dev"])).toMatchObject({ stacks: [] });
  });

  it.each(["status", "down"])("%s is for one sandbox or for all", (kind) => {
    expect(parseCommand([kind])).toEqual({ kind, name: undefined });
    expect(parseCommand([kind, "dev"])).toEqual({ kind, name: "dev" });
    expect(parseCommand([kind, "--name", "second"])).toEqual({ kind, name: "second" });
  });

  it.each([[[]], [["help"]], [["--help"]], [["up", "dev", "--help"]]])("%j asks for help", (args) => {
    expect(parseCommand(args)).toEqual({ kind: "help" });
  });

  it.each(["up", "destroy"])("%s without an environment is an error that shows how to name one", (kind) => {
    expect(() => parseCommand([kind])).toThrow(`${kind} is for one environment`);
    expect(() => parseCommand([kind, "--name", "second"])).toThrow(`npm run sandbox -- ${kind} dev`);
  });

  it("a command that there is not is an error that lists those that there are", () => {
    expect(() => parseCommand(["start", "dev"])).toThrow(`there is no command "start"`);
    expect(() => parseCommand(["start", "dev"])).toThrow(usage);
  });

  it.each([
    ["up", "dev", "cluster"],
    ["status", "dev", "prod"],
    ["destroy", "dev", "--keep"],
    ["down", "dev", "--project", "../old"],
  ])("what %s has no use for is an error that names it: %s %s", (...args) => {
    const surplus = args.find((arg, index) => index > 1 && !arg.startsWith("../"));
    expect(() => parseCommand(args)).toThrow(`${args[0]} has no use for ${surplus}`);
  });

  it("a misspelt option is an error", () => {
    expect(() => parseCommand(["up", "dev", "--kep"])).toThrow("--kep");
  });
});
