import { resolve } from "node:path";
import { type Define, examples } from "./program/command";
import { selectedEnvironments } from "./program/environment-names";
import { AlreadyReported } from "./program/errors";

interface Options {
  readonly outdir?: string;
}

export const define: Define = (command, surroundings) => {
  const { root, calledIn, variables } = surroundings;
  command
    .argument("[environments...]", "names of environments; default: those in ENVIRONMENTS, otherwise all")
    .option("--outdir <folder>", "folder to write to; default: what CDKTF_OUTDIR says, otherwise cdktf.out")
    .addHelpText("after", examples("foundry synth", "foundry synth dev prod", "ENVIRONMENTS=dev foundry synth"))
    .action(async (names: readonly string[], { outdir }: Options) => {
      const environments = selectedEnvironments(root, names, variables["ENVIRONMENTS"]);
      const { synthesize } = await import("./synth/synthesize.js");
      const code = await synthesize({
        ...surroundings,
        environments,
        outdir: outdir === undefined ? undefined : resolve(calledIn, outdir),
      });
      if (code !== 0) throw new AlreadyReported(code);
    });
};
