import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      [
        "\nLooks for what would stop an apply, before anything is made: programs, credentials, region, principals, state",
        "and its locks, zones, quotas, DNS, certificates, images, the API server and who gets in, charts, versions. It",
        "reads and changes nothing. foundry apply does the same first.",
        "Ends with 0 where nothing would stop it, 1 where something would, 2 where something could not be looked at.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples("foundry preflight dev", "foundry preflight prod --json | jq '.results[].findings[]?'"),
    )
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const [environment = name] = knownEnvironments(surroundings.root, [name]);
      const { preflight } = await import("./preflight/preflight.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      await preflight(surroundings, environment, json === true, writeStacks);
    });
};
