import type { StackJson, SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf, readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { whileAltered } from "../../altered-stack";
import type { Lane } from "../../lane";

/** Something that lets a first apply succeed, taken out of a stack's JSON, and what AWS answers then. */
export interface Precaution {
  readonly what: string;
  readonly stack: SynthesizedStack;
  /** Takes it out of the stack. Default: it is missing already. */
  readonly alter?: (json: StackJson) => void;
  readonly command: "plan" | "apply" | "destroy";
  /** Addresses to look at alone, where the rest of the stack would only take time. Default: the whole stack. */
  readonly targets?: readonly string[];
  /** What the failure has to speak of: AWS's error code, where AWS answers at all. */
  readonly error: RegExp;
}

/** Runs Terraform without a precaution, which has to fail as it would in AWS. */
export async function missed(lane: Lane, { runs }: Sandbox, precaution: Precaution): Promise<void> {
  const { what, stack, alter, command, targets = [], error } = precaution;
  await lane.check(`without ${what}`, stack.id, async () => {
    const args = [
      ...["-input=false", "-json"],
      ...(command === "plan" ? [] : ["-auto-approve"]),
      ...targets.map((address) => `-target=${address}`),
    ];
    const work = () => runs.run(stack, command, args);
    const { exitCode, output } = await (alter === undefined ? work() : whileAltered(stack, alter, work));
    const errors = errorsOf(output);
    const found = error.exec(errors)?.[0];
    if (exitCode === 0 || found === undefined) {
      throw new Error(`it did not fail with ${error}:\n${errors || readableOutput(output)}`);
    }
    lane.results.note(`without ${what}, ${command} of ${stack.id} fails: ${found.replaceAll(/\s+/g, " ")}`);
    return found;
  });
}

/** Blocks of a type in a stack's JSON. */
export function blocksOf(json: StackJson, kind: "resource" | "data", type: string): Record<string, unknown> {
  const blocks = json[kind][type];
  if (blocks === undefined) {
    throw new Error(`the stack has no ${kind} ${type}`);
  }
  return blocks;
}
