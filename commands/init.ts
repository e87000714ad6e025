import { askedFor, fields, type InitOptions } from "./init/fields";
import { type Define, examples } from "./program/command";

export const define: Define = (command, surroundings) => {
  command.argument("[name]", "name of the environment");
  for (const field of Object.values(fields)) command.option(`${field.flag} <${field.value}>`, field.what);
  command
    .option("-y, --yes", "ask nothing: take what the command line and the AWS CLI say")
    .addHelpText(
      "after",
      [
        "\nAsks for what it cannot know, with what `aws sts get-caller-identity` and `aws configure get region` say as",
        "defaults, and writes environments/<name>.ts: a small cluster with one workload behind an internal ALB. It",
        "writes over nothing, and nothing that would be refused.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples("foundry init staging", "foundry init staging --network 203.0.113.0/24 --region eu-west-1 --yes"),
    )
    .action(async (name: string | undefined, { yes = false, ...given }: InitOptions) => {
      const { writeEnvironment } = await import("./init/write-environment.js");
      await writeEnvironment(surroundings, askedFor(name, given), yes);
    });
};
