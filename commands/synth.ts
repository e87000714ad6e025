import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { type Define, examples } from "./program/command";
import { selectedEnvironments } from "./program/environment-names";
import { AlreadyReported } from "./program/errors";

interface Options {
  readonly outdir?: string;
  readonly jobs?: number;
  readonly watch?: boolean;
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It has to be a whole number from 1 to 999.");
  return Number(text);
}

export const define: Define = (command, surroundings) => {
  const { root, calledIn, variables } = surroundings;
  command
    .argument("[environments...]", "names of environments; default: those in ENVIRONMENTS, otherwise all")
    .option("--outdir <folder>", "folder to write to; default: what CDKTF_OUTDIR says, otherwise cdktf.out")
    .option("--jobs <n>", "threads, where there are many environments; default: one a core", positive)
    .option("--watch", "keep synthesizing what a change of a source touches, until Ctrl-C")
    .addHelpText("after", examples("foundry synth", "foundry synth dev --watch", "ENVIRONMENTS=dev,prod foundry synth"))
    .action(async (names: readonly string[], { outdir, ...options }: Options) => {
      const environments = selectedEnvironments(root, names, variables["ENVIRONMENTS"]);
      const { synthesize } = await import("./synth/synthesize.js");
      const code = await synthesize({
        ...surroundings,
        ...options,
        environments,
        outdir: outdir === undefined ? undefined : resolve(calledIn, outdir),
      });
      if (code !== 0) throw new AlreadyReported(code);
    });
};
