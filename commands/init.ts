import type { Command } from "commander";
import { askedFor, fields, type InitOptions } from "./init/fields";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

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
  defineState(command, surroundings);
};

interface StateOptions {
  readonly plan?: boolean;
  readonly yes?: boolean;
}

const defineState: Define = (init, surroundings) => {
  init
    .command("state")
    .description("make the bucket that an environment keeps its states in, or what is missing of it")
    .argument("<environment>", "name of an environment whose `state` is of kind s3")
    .option("--plan", "change nothing; ends with 2 where something would change")
    .option("--yes", "do it without asking, in a pipeline")
    .addHelpText(
      "after",
      [
        "\nThe bucket is versioned and encrypted, nothing in it is public, it answers over TLS alone, and old versions end",
        "some day. What its owner has set already stays. Called again, it sets what is missing and nothing else.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry init state prod --plan", "foundry init state prod"))
    .action(async (name: string, _options: StateOptions, state: Command) => {
      // `init` has an option --yes as well, and commander gives it that one, wherever it stands.
      const { plan = false, yes = false }: StateOptions = state.optsWithGlobals();
      const [environment = name] = knownEnvironments(surroundings.root, [name]);
      const { makeStateBucket } = await import("./init/state/make-state-bucket.js");
      await makeStateBucket(surroundings, environment, { plan, yes });
    });
};
