import { runProgram } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";

/** The program that the cdktf CLI would call too: `terraform`, or what `TERRAFORM_BINARY_NAME` says, such as `tofu`. */
export function terraformProgram({ TERRAFORM_BINARY_NAME }: Readonly<NodeJS.ProcessEnv>): string {
  return TERRAFORM_BINARY_NAME ?? "terraform";
}

/**
 * Its version, such as `1.11.4`; undefined where it does not tell.
 *
 * @throws Refusal where it does not run
 */
export function terraformVersion(surroundings: Surroundings): string | undefined {
  const program = terraformProgram(surroundings.variables);
  const { status, stdout, stderr } = runProgram(surroundings, program, ["version", "-json"]);
  if (status !== 0) throw new Refusal(`${program} version ended with ${status}: ${stderr.trim()}; see that it runs`);
  const { terraform_version: version }: { readonly terraform_version?: string } = JSON.parse(stdout);
  return version;
}
