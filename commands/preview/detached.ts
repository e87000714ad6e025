import type { SynthesizedOutputs } from "../../modules/state/example-state";

/** What a preview reads of a synthesized stack. */
export interface StackJson {
  readonly output?: SynthesizedOutputs;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, unknown>>;
    readonly [type: string]: unknown;
  };
}

/** Data sources that only judge who applies and what was pushed before: a preview comes before both. */
const judgedWhenApplied: readonly string[] = ["aws_caller_identity", "aws_ecr_images"];

/**
 * The stack with its state beside itself and its producers read from files.
 *
 * @param states a state file for each stack that comes before
 */
export function detached(stack: StackJson, states: ReadonlyMap<string, string>): StackJson {
  const { cloud: _cloud, backend: _backend, ...terraform } = stack.terraform;
  const asked = Object.fromEntries(
    Object.entries(stack.data ?? {}).filter(([type]) => !judgedWhenApplied.includes(type)),
  );
  const remote = Object.keys(stack.data?.terraform_remote_state ?? {}).map((producer) => [
    producer,
    { backend: "local", config: { path: states.get(producer) } },
  ]);
  return {
    ...stack,
    terraform: { ...terraform, backend: { local: { path: "preview.tfstate" } } },
    data: { ...asked, ...(remote.length === 0 ? {} : { terraform_remote_state: Object.fromEntries(remote) }) },
  };
}
