import { resolve } from "node:path";
import { Option } from "commander";
import { type StackName, stackOrder } from "../stacks/order";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly yes?: boolean;
  readonly plan?: boolean;
  readonly out?: string;
  readonly plans?: string;
  readonly until?: StackName;
  readonly preflight: boolean;
}

export const define: Define = (command, surroundings) => {
  const { root, calledIn } = surroundings;
  const folder = (path: string | undefined) => (path === undefined ? undefined : resolve(calledIn, path));
  command
    .argument("<environment>", "name of an environment")
    .option("--yes", "do it without asking, in a pipeline")
    .option("--plan", "change nothing; ends with 2 where something would change")
    .option("--out <folder>", "as --plan, and keep the plans in a folder")
    .addOption(
      new Option("--plans <folder>", "apply kept plans, exactly as they are").conflicts(["plan", "out", "until"]),
    )
    .addOption(
      new Option("--until <stack>", "apply this stack and those that it reads, and no others").choices(stackOrder),
    )
    .option("--no-preflight", "do not look first for what would stop it")
    .addHelpText(
      "after",
      [
        "\nSynthesizes the environment and applies its stacks, each after those it reads and as far as it is not applied",
        "yet: after a failure or an interrupt, call the same again. Where a change removes something from several",
        "stacks, what goes is destroyed first, from the last stack back. Ctrl-C leaves no lock.",
        "With --plan or --out: 0 nothing would change, 1 something cannot be planned, 2 something would change.",
        "Needs Terraform 1.10 or newer (or OpenTofu, by TERRAFORM_BINARY_NAME=tofu) and AWS credentials.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples("foundry apply dev", "foundry apply prod --out plans/prod", "foundry apply prod --plans plans/prod"),
    )
    .action(async (name: string, { yes, plan, out, plans, until, preflight }: Options) => {
      const [environment = name] = knownEnvironments(root, [name]);
      const { applyEnvironment } = await import("./apply/apply-environment.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      await applyEnvironment(
        surroundings,
        environment,
        { yes: yes === true, plan: plan === true, out: folder(out), plans: folder(plans), until },
        {
          synthesizer: writeStacks,
          preflight: preflight
            ? async () => {
                const { preflightOfApply } = await import("./preflight/preflight.js");
                await preflightOfApply(surroundings, environment, until);
              }
            : undefined,
        },
      );
    });
};
