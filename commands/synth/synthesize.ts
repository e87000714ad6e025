import { join } from "node:path";
import { discontinued } from "../../modules/lifecycle/discontinued";
import { EnvironmentError } from "../../modules/schema/problem";
import { environmentNames } from "../../platform/environment-files";
import { stackOrder } from "../../stacks/order";
import { Refusal } from "../program/errors";
import { exitCodes } from "../program/exit-codes";
import { printLine, printWarnings } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { filesOf, typeErrorsBeside } from "../program/type-errors";
import type { Remains } from "./output-folder";
import { type LockedKind, missingLocks } from "./provider-lock-files";
import { Synthesis, type SynthesisProps, type Synthesized } from "./synthesis";
import { synthesizeChanges } from "./watch";

type Options = SynthesisProps & Pick<Surroundings, "output" | "errors">;

export type SynthesizeOptions = Options & {
  /** Keeps synthesizing what a change touches, until it is interrupted. Default: false. */
  readonly watch?: boolean;
};

/** Checks environments and writes their stacks; returns an exit code, having said what was wrong. */
export async function writeStacks(options: Options): Promise<number> {
  return report(new Synthesis(options), options);
}

/** The same for whoever asks for the stacks themselves: says what they should know of them, and may go on. */
export async function synthesize({ watch = false, ...options }: SynthesizeOptions): Promise<number> {
  let kinds: readonly LockedKind[] = stackOrder;
  const note = ({ policies, organizations }: Synthesized) => {
    printWarnings(options.errors, policies);
    if (organizations > 0) kinds = [...stackOrder, "workspaces"];
  };
  const synthesis = new Synthesis(options);
  const code = await report(synthesis, options, note);
  if (code === exitCodes.done.code) {
    const { title, version, since, successor } = discontinued.cdktf;
    printLine(options.errors, `${title} ${version} is archived since ${since}; ${successor}`);
    const unlocked = missingLocks(options.root, kinds);
    if (unlocked !== undefined) printLine(options.errors, unlocked);
  }
  return watch ? synthesizeChanges(() => report(synthesis, options, note), options) : code;
}

/** Runs a synthesis and says what came of it. What we have against an environment comes before what TypeScript has. */
async function report(
  synthesis: Synthesis,
  options: Options,
  andThen: (synthesized: Synthesized) => void = () => undefined,
): Promise<number> {
  const { build, output, errors } = options;
  try {
    const synthesized = await synthesis.run();
    if (synthesized !== undefined) {
      const { staged, warnings, remains } = synthesized;
      for (const { summaries } of staged) for (const line of summaries) printLine(output, line);
      printWarnings(errors, warnings);
      for (const line of describe(remains)) printLine(errors, line);
      andThen(synthesized);
      return exitCodes.done.code;
    }
  } catch (error) {
    if (error instanceof EnvironmentError) {
      printLine(errors, error.message);
      const others = typeErrorsBeside((await build.types()).output, filesOf(error));
      errors.write(others);
      if (others === "") for (const line of wayPast(error, options)) printLine(errors, line);
      return exitCodes.failed.code;
    }
    // What is not of the right type fails in some way or other.
    if (error instanceof Refusal || (await build.types()).passed) throw error;
  }
  errors.write((await build.types()).output);
  return exitCodes.failed.code;
}

/** How to go on with an environment that has no fault, where all were read because nobody named one. */
function wayPast(error: EnvironmentError, { root, environments }: Options): readonly string[] {
  if (environments !== undefined) return [];
  const faulty = filesOf(error);
  const [sound] = environmentNames(join(root, "environments")).filter((name) => !faulty.has(`environments/${name}.ts`));
  if (sound === undefined) return [];
  return [
    "",
    `Who names environments reads no other: npx foundry synth ${sound}, or npx cdktf deploy --app "foundry synth ${sound}" ${sound}-cluster.`,
  ];
}

/** One line an environment that is gone while something of it is left. */
function describe(remains: readonly Remains[]): readonly string[] {
  return [...new Set(remains.map(({ environment }) => environment))].map((environment) => {
    const folders = remains
      .filter((remaining) => remaining.environment === environment)
      .map(({ folder, left }) => `${folder} (${left.join(", ")})`);
    const [gone, back] =
      environment === undefined
        ? ["No environment names this organization of Terraform Cloud any more", "one that does"]
        : [`environments/${environment}.ts is gone`, "the file"];
    return (
      `${gone}, and what was synthesized of it is removed; Terraform's own files are ` +
      `left in ${folders.join(" and ")}. If what it made still stands, bring ${back} back and destroy it first; ` +
      "then delete these folders"
    );
  });
}
