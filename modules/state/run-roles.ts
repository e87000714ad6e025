import type { CloudState } from "./cloud-schema";
import type { StateOptions } from "./schema";

/** The two phases of a run, as Terraform Cloud names them to AWS. */
export const runPhases = ["plan", "apply"] as const;
export type RunPhase = (typeof runPhases)[number];

/** Name of the role that a workspace's runs take in one phase. */
export function runRoleName(stackId: string, phase: RunPhase): string {
  return `${stackId}-terraform-${phase}`;
}

/** Whether runs of this state take roles that the workspaces stack makes. */
export function hasRunRoles(state: StateOptions): state is CloudState & { credentials: { kind: "dynamic" } } {
  return state.kind === "cloud" && state.runs.kind !== "local" && state.credentials.kind === "dynamic";
}
