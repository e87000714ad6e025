import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Asked {
  readonly yes?: boolean;
}

export const define: Define = (command, surroundings) => {
  command
    .addHelpText(
      "after",
      [
        "\nThe stack <organization>-workspaces makes the workspaces of Terraform Cloud, its own among them. `begin` applies",
        "it the first time, with its state in a file, and then moves that state into the workspace it has made; from then",
        "on it is applied like any other stack. `move` takes the states of an environment from files or S3 into its",
        "workspaces, after `state` in its file was changed to `cloud` and synthesized. Terraform asks whether to copy, and",
        "neither a flag nor TF_INPUT answers that: these commands do.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry workspaces begin example", "foundry workspaces move dev"));
  command
    .command("begin")
    .summary("make the workspaces of an organization for the first time")
    .argument("<organization>", "name of the organization")
    .option("--yes", "apply without asking")
    .action(async (organization: string, { yes }: Asked) => {
      const { beginWorkspaces } = await import("./workspaces/begin.js");
      await beginWorkspaces(surroundings, organization, yes === true);
    });
  command
    .command("move")
    .summary("move the states of an environment into its workspaces")
    .argument("<environment>", "name of an environment")
    .option("--yes", "move without asking")
    .action(async (name: string, { yes }: Asked) => {
      knownEnvironments(surroundings.root, [name]);
      const { moveStates } = await import("./workspaces/move.js");
      await moveStates(surroundings, name, yes === true);
    });
};
