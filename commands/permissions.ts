import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly calls?: string;
  readonly write?: boolean;
  readonly check?: boolean;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("<environment>", "name of an environment")
    .option("--calls <file>", "make the policies of calls that a sandbox recorded; its status names the file")
    .option("--write", "add what the calls need to the policies under docs/permissions")
    .option("--check", "exit with 1 when the calls need what the policies under docs/permissions lack")
    .addHelpText("after", examples("foundry permissions dev", "foundry permissions dev --calls calls.jsonl --write"))
    .action(async (asked: string, options: Options) => {
      const [name = ""] = knownEnvironments(surroundings.root, [asked]);
      const { printPermissions } = await import("./permissions/print-permissions.js");
      await printPermissions(surroundings, name, options);
    });
};
