import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { chosenParts } from "../src/command-line";

const known = ["seeds", "dev", "upgrade"];

/** What a command line asks for, with everything that was written meanwhile. */
function parts(...args: readonly string[]) {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  try {
    return { parts: chosenParts(args, known, ["seeds", "upgrade"], { writeOut: write, writeErr: write }), text };
  } catch (error) {
    return { exitCode: error instanceof CommanderError ? error.exitCode : undefined, text };
  }
}

describe("the parts of a run", () => {
  it("are all where none is named, otherwise those named, in their own order", () => {
    expect(parts()).toEqual({ parts: known, text: "" });
    expect(parts("upgrade", "dev")).toEqual({ parts: ["dev", "upgrade"], text: "" });
  });

  it("are those of the day where today is named, beside others", () => {
    expect(parts("today").parts).toEqual(["seeds", "upgrade"]);
    expect(parts("today", "dev").parts).toEqual(known);
  });

  it.each([
    ["nope", "e2e: there is no part nope. There is seeds, dev, upgrade, today."],
    ["upgrad", "e2e: there is no part upgrad. Did you mean upgrade? There is seeds, dev, upgrade, today."],
    ["--all", "e2e: unknown option '--all'"],
  ])("are refused before anything starts where one is wrong: %s", (part, text) => {
    expect(parts("dev", part)).toEqual({ exitCode: 1, text: expect.stringContaining(text) });
  });

  it("are in the help", () => {
    expect(parts("--help")).toEqual({ exitCode: 0, text: expect.stringContaining("seeds, dev, upgrade") });
  });
});
