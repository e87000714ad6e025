import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { type StackName, stackId, stackOrder } from "../stacks/order";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";
import { outputFolder } from "./terraform/stacks";

interface Options {
  readonly yes?: boolean;
  readonly plan?: boolean;
  readonly until?: StackName;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .option("--yes", "do it without asking, in a pipeline")
    .option("--plan", "say what would be lost and destroy nothing; ends with 2 where there is something")
    .addOption(
      new Option("--until <stack>", "destroy this stack and those that stand on it, and no others").choices(stackOrder),
    )
    .addHelpText(
      "after",
      [
        "\nLists what is lost, asks for the environment's name, and destroys its stacks, each after those that stand on",
        "it. After a failure or an interrupt, call the same again. An environment whose file is gone, or is refused by a",
        "newer version, is destroyed by what was synthesized of it last. Ctrl-C leaves no lock.",
        "With --plan: 0 nothing is there, 1 a state cannot be read, 2 something would be destroyed.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples("foundry destroy dev", "foundry destroy dev --plan", "foundry destroy dev --until apps"),
    )
    .action(async (name: string, { yes, plan, until }: Options) => {
      const first = join(outputFolder(surroundings), "stacks", stackId(name, "cluster"), "cdk.tf.json");
      // What was synthesized of it is enough.
      if (!existsSync(first)) knownEnvironments(surroundings.root, [name]);
      const { destroyEnvironment } = await import("./destroy/destroy-environment.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      await destroyEnvironment(surroundings, name, { yes: yes === true, plan: plan === true, until }, writeStacks);
    });
};
