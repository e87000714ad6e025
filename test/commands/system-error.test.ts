import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFault } from "../../commands/program/system-error";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

/** The error of a call that the machine refuses. */
function refused(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("the machine took it");
}

describe("what the machine refuses", () => {
  const { root } = new TestProject();

  it("is said with the place and what to do", () => {
    const file = join(root, "nothing", "here");
    expect(systemFault(refused(() => readFileSync(file)))).toMatch(
      new RegExp(`^there is nothing at ${file}; look whether a part of the project is missing`),
    );
    expect(systemFault(refused(() => readFileSync(root)))).toBe(
      "a folder stands where a file belongs: (read); move it away",
    );
  });

  it.each(["EROFS", "ENOSPC", "EACCES", "EPERM", "EDQUOT"])("is said so for %s", (code) => {
    const error = Object.assign(new Error(code), { code, syscall: "open", path: "/data/cdktf.out" });
    expect(systemFault(error)).toMatch(/^[a-z].* at \/data\/cdktf\.out; \S.*[^.]$/);
  });

  it.each([new Error("boom"), Object.assign(new Error("x"), { code: "ENOSPC" }), "text"])(
    "is nothing else: %s",
    (error) => {
      expect(systemFault(error)).toBeUndefined();
    },
  );

  it("ends a command with one sentence and no stack", async () => {
    const project = new TestProject([minimal("dev")]);
    writeFileSync(join(project.root, "cdktf.out"), "");
    const { code, stderr } = await project.run(["synth", "dev"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `foundry: a file stands where a folder belongs: ${join(project.root, "cdktf.out")}; move it away.\n`,
    );
  });

  it("leaves a path to the program with --debug", async () => {
    const project = new TestProject([minimal("dev")]);
    mkdirSync(join(project.root, "cdktf.out"));
    writeFileSync(join(project.root, "cdktf.out", "stacks"), "");
    const { stderr } = await project.run(["synth", "dev", "--debug"]);
    expect(stderr).toMatch(/^foundry: Error: E[A-Z]+: .*\n +at /);
  });
});
