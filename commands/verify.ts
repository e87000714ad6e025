import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      [
        "\nFetches each chart that the environment takes from elsewhere, holds it to its digest where the environment has",
        "one, and has its publisher's signature verified, by cosign or helm, which have to be on the PATH for that. It",
        "ends with 1 where a chart is another one, a signature is wrong, or something that is signed was not verified.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry verify prod", "foundry verify prod --json"))
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const [environment = name] = knownEnvironments(surroundings.root, [name]);
      const { verify } = await import("./verify/verify.js");
      await verify(surroundings, environment, json === true);
    });
};
