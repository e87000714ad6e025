import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StateLock } from "../../modules/kubernetes/helm-releases";
import { lockTellsNothing } from "../../modules/state/lock";
import type { Environment } from "../../platform/environment";
import { runProgram } from "../program/child";
import type { Surroundings } from "../program/surroundings";
import { readLockRefusal } from "../terraform/lock-refusal";
import { terraformProgram } from "../terraform/program";

/** Asks Terraform, by a command that takes the lock, needs no provider and changes nothing. */
export function stateLock(surroundings: Surroundings, stack: string, state: Environment["state"]): StateLock {
  const nothing = lockTellsNothing(state);
  if (nothing !== undefined) return { kind: "unknown", reason: nothing };
  const folder = join(surroundings.variables["CDKTF_OUTDIR"] ?? "cdktf.out", "stacks", stack);
  if (!existsSync(resolve(surroundings.root, folder, ".terraform"))) {
    return { kind: "unknown", reason: `${folder} is not initialized; terraform -chdir=${folder} init would help` };
  }
  const program = terraformProgram(surroundings.variables);
  // plan has -json, but it asks AWS, and on Terraform Cloud it starts a run.
  const args = [`-chdir=${folder}`, "taint", "-no-color", "-allow-missing", "terraform_data.no_such_resource"];
  const { status, stderr } = runProgram(surroundings, program, args);
  if (status === 0) return { kind: "free" };
  return (
    readLockRefusal(stderr) ?? {
      kind: "unknown",
      reason: errorTitle(stderr) ?? `${program} taint ended with ${status}`,
    }
  );
}

/** The title of an error, without the frame around it. */
function errorTitle(printed: string): string | undefined {
  return /^\W*Error: +(\S.*?)\s*$/m.exec(printed)?.[1];
}
