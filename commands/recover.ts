import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly yes?: boolean;
  readonly context?: string;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .option("--yes", "do it without asking")
    .option("--context <name>", "use this context of the kubeconfig instead of asking AWS for the cluster's address")
    .addHelpText(
      "after",
      [
        "\nHelm keeps a release that was killed half-way as pending and refuses every later change of it. This finds",
        "such releases of an environment, and frees those that nobody works on any more. Needs kubectl and the AWS",
        "CLI. Ends with 1 while a release is left pending.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry recover dev", "foundry recover dev --yes --context dev"))
    .action(async (name: string, { yes, context }: Options) => {
      knownEnvironments(surroundings.root, [name]);
      const { recoverEnvironment } = await import("./recover/recover-environment.js");
      await recoverEnvironment(surroundings, name, { yes: yes === true, context });
    });
};
