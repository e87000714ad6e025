import { resolve } from "node:path";
import { Option } from "commander";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly as: "svg" | "mermaid" | "d2";
  readonly from?: string;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .addOption(
      new Option("--as <language>", "language of the picture").choices(["svg", "mermaid", "d2"]).default("svg"),
    )
    .option("--from <folder>", "read synthesized stacks there, such as cdktf.out, instead of the environment file")
    .addHelpText("after", examples("foundry graph dev > dev.svg", "foundry graph prod --as mermaid"))
    .action(async (asked: string, { as, from }: Options) => {
      const { printGraph } = await import("./graph/print-graph.js");
      const { readEnvironments } = await import("./terraform-json/read-stacks.js");
      const { synthesizedNow } = await import("./terraform-json/synthesized.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      const environments =
        from === undefined
          ? await synthesizedNow(surroundings, knownEnvironments(surroundings.root, [asked]), writeStacks)
          : readEnvironments(resolve(surroundings.calledIn, from), [asked]);
      for (const environment of environments) printGraph(surroundings.output, environment, as);
    });
};
