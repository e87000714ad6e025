import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { workspacesStackId } from "../../stacks/workspaces";
import { runProgram, showProgram } from "../program/child";
import { confirmed } from "../program/confirmed";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { terraformProgram } from "../terraform/program";
import { outputFolder } from "../terraform/stacks";
import { holdTheSame, initializedBackend, migrateState, pulledState, readStateFile } from "./migrate";

/** Puts a file in the place of Terraform Cloud for as long as it lies there: an override takes the whole block's place. */
const override = "begin_override.tf.json";
const stateFile = "begin.tfstate";

/**
 * Applies the stack of an organization's workspaces with its state in a file, for its own workspace is one of those that
 * it makes, and moves the state there. Called again after a failure, it goes on.
 *
 * @throws Refusal where a step fails; the state is then in the file that the message names
 */
export async function beginWorkspaces(surroundings: Surroundings, organization: string, yes: boolean): Promise<void> {
  const { root, output } = surroundings;
  const id = workspacesStackId(organization);
  const folder = join(outputFolder(surroundings), "stacks", id);
  const shown = relative(root, folder);
  if (!existsSync(join(folder, "cdk.tf.json"))) {
    throw new Refusal(
      `${shown} is not there; an environment of the organization says \`state: { kind: "cloud", organization: "${organization}" }\`, and foundry synth writes it`,
    );
  }
  const program = terraformProgram(surroundings.variables);
  const kept = join(folder, stateFile);
  if (initializedBackend(folder) === "cloud" && !existsSync(kept)) {
    throw new Refusal(`${id} has its state in Terraform Cloud already; apply it with ${program} -chdir=${shown} apply`);
  }
  await applied(surroundings, { program, folder, shown, yes });
  const before = readStateFile(kept);
  if (before === undefined) throw new Refusal(`${id}: the apply left no state in ${shown}/${stateFile}`);
  await migrateState(surroundings, folder);
  const after = await pulledState(surroundings, folder);
  if (!holdTheSame(before, after)) {
    throw new Refusal(
      `${id}: the workspace has another state than ${shown}/${stateFile}; that file is the one that counts`,
    );
  }
  rmSync(kept);
  rmSync(`${kept}.backup`, { force: true });
  printLine(output, `${id}: its state is in its own workspace; from now on ${program} -chdir=${shown} apply`);
}

interface Applying {
  readonly program: string;
  readonly folder: string;
  readonly shown: string;
  readonly yes: boolean;
}

/** Applies with the state in a file, which stays; Terraform's own output goes to the reader. */
async function applied(surroundings: Surroundings, { program, folder, shown, yes }: Applying): Promise<void> {
  const file = join(folder, override);
  writeFileSync(file, `${JSON.stringify({ terraform: { backend: { local: { path: stateFile } } } })}\n`);
  try {
    const init = runProgram(surroundings, program, [
      `-chdir=${folder}`,
      "init",
      "-no-color",
      "-input=false",
      "-reconfigure",
    ]);
    if (init.status !== 0) throw new Refusal(`${shown} cannot be initialized; ${program} says:\n${init.stderr.trim()}`);
    const inFolder = { cwd: folder, input: "ignore" } as const;
    const plan = join(folder, "begin.tfplan");
    try {
      const planned = await showProgram(surroundings, program, ["plan", "-input=false", `-out=${plan}`], inFolder);
      if (planned !== 0) throw new Refusal(`${shown} cannot be planned; ${program} says why above`);
      if (!yes && !(await confirmed(surroundings, "\nApply this plan?"))) {
        throw new Refusal("nothing was made; answer yes, or add --yes, to make what is listed above");
      }
      if ((await showProgram(surroundings, program, ["apply", "-input=false", plan], inFolder)) !== 0) {
        throw new Refusal(
          `the apply failed, and ${program} says why above; what it made is in ${shown}/${stateFile}, and the same command goes on`,
        );
      }
    } finally {
      rmSync(plan, { force: true });
    }
  } finally {
    rmSync(file);
  }
}
