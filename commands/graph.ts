import { resolve } from "node:path";
import { Option } from "commander";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";
import { WrongCall } from "./program/errors";

interface Options {
  readonly as: "svg" | "png" | "mermaid" | "d2";
  readonly out?: string;
  readonly from?: string;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .addOption(
      new Option("--as <language>", "language of the picture").choices(["svg", "png", "mermaid", "d2"]).default("svg"),
    )
    .option("--from <folder>", "read synthesized stacks there, such as cdktf.out, instead of the environment file")
    .option("--out <file>", "write it there instead of on standard output; a PNG is written nowhere else")
    .addHelpText(
      "after",
      examples(
        "foundry graph dev > dev.svg",
        "foundry graph dev --as png --out dev.png",
        "foundry graph prod --as mermaid",
      ),
    )
    .action(async (asked: string, { as, from, out }: Options) => {
      if (as === "png" && out === undefined) throw new WrongCall("a PNG is no text to print; name a file with --out");
      const { writeGraph } = await import("./graph/write-graph.js");
      const { readEnvironments } = await import("./terraform-json/read-stacks.js");
      const { synthesizedNow } = await import("./terraform-json/synthesized.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      const environments =
        from === undefined
          ? await synthesizedNow(surroundings, knownEnvironments(surroundings.root, [asked]), writeStacks)
          : readEnvironments(resolve(surroundings.calledIn, from), [asked]);
      const file = out === undefined ? undefined : resolve(surroundings.calledIn, out);
      for (const environment of environments) await writeGraph(surroundings.output, environment, as, file);
    });
};
