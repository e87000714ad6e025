import type { StateOptions } from "./schema";

/** Why a state's lock does not tell whether somebody works on it; undefined where it does. */
export function lockTellsNothing(state: StateOptions): string | undefined {
  // Such a state looks free while somebody applies.
  return state.kind === "s3" && !state.useLockfile ? "state.useLockfile is false, so it has no lock" : undefined;
}
