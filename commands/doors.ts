import { resolve } from "node:path";
import { Option } from "commander";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly as: "text" | "table" | "mermaid" | "svg" | "d2";
  readonly json?: boolean;
  readonly from?: string;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environments...>", "names of environments")
    .addOption(
      new Option("--as <form>", "how to show them: every hop, a line a way, or a picture in one of three languages")
        .choices(["text", "table", "mermaid", "svg", "d2"])
        .default("text"),
    )
    .addOption(new Option("--json", "print JSON; docs/doors/doors.schema.json says its shape").conflicts("as"))
    .option("--from <folder>", "read synthesized stacks there, such as cdktf.out, instead of the environment files")
    .addHelpText(
      "after",
      [
        "\nEvery way from a network to a workload, read from the stacks: names, records, load balancers, listeners and",
        "their TLS, authentication, web ACLs, rules, targets and pods, with the security group, route and network policy",
        "that let each hop through. Exits with 1 where a way leads nowhere, or is one that no route declares.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples("foundry doors dev", "foundry doors prod --as table", "foundry doors dev --as svg > dev.svg"),
    )
    .action(async (asked: readonly string[], { as, json, from }: Options) => {
      const { printDoors } = await import("./doors/print-doors.js");
      const { readEnvironments } = await import("./terraform-json/read-stacks.js");
      const { synthesizedNow } = await import("./terraform-json/synthesized.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      const environments =
        from === undefined
          ? await synthesizedNow(surroundings, knownEnvironments(surroundings.root, asked), writeStacks)
          : readEnvironments(resolve(surroundings.calledIn, from), asked);
      printDoors(surroundings, environments, json === true ? "json" : as);
    });
};
