import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { type Define, examples } from "./program/command";
import { chosenSince, selectedEnvironments } from "./program/environment-names";
import { AlreadyReported } from "./program/errors";
import { printLine } from "./program/print";

interface Options {
  readonly outdir?: string;
  readonly to?: string;
  readonly jobs?: number;
  readonly watch?: boolean;
  readonly changedSince?: string;
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It has to be a whole number from 1 to 999.");
  return Number(text);
}

export const define: Define = (command, surroundings) => {
  const { root, calledIn, variables } = surroundings;
  command
    .argument(
      "[environments...]",
      "names of environments, or patterns such as eu-*; default: those in ENVIRONMENTS, otherwise all",
    )
    .option("--outdir <folder>", "folder to write to; default: what CDKTF_OUTDIR says, otherwise cdktf.out")
    .addOption(
      new Option(
        "--to <folder>",
        "folder to write a tree to that is committed and applied without this program",
      ).conflicts(["outdir", "watch"]),
    )
    .option("--jobs <n>", "threads, where there are many environments; default: one a core", positive)
    .option("--changed-since <ref>", "only environments that differ from a commit, with what is not committed yet")
    .option("--watch", "keep synthesizing what a change of a source touches, until Ctrl-C")
    .addHelpText(
      "after",
      examples(
        "foundry synth",
        "foundry synth dev --watch",
        "foundry synth --to deploy",
        "ENVIRONMENTS=dev,prod foundry synth",
      ),
    )
    .action(async (names: readonly string[], { outdir, to, changedSince, ...options }: Options) => {
      const selected = selectedEnvironments(root, names, variables["ENVIRONMENTS"]);
      const environments = await chosenSince(surroundings, selected, changedSince);
      if (environments?.length === 0) {
        printLine(surroundings.errors, `no environment differs from ${changedSince}`);
        return;
      }
      if (to !== undefined) {
        const { writeCommittedTree } = await import("./synth/committed-tree.js");
        const code = await writeCommittedTree({ ...surroundings, ...options, environments }, resolve(calledIn, to));
        if (code !== 0) throw new AlreadyReported(code);
        return;
      }
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
