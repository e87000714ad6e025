import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { writeStacks } from "../synth/synthesize";
import { outputFolder, type SynthesizedStack, synthesizedStacks } from "../terraform/stacks";

/**
 * The stacks of an environment as they are now, otherwise as they were synthesized last: a file that a newer version
 * refuses, or that is gone, keeps nobody from destroying what it once made.
 *
 * @throws Refusal where there is neither
 */
export async function stacksToDestroy(
  surroundings: Surroundings,
  environment: string,
  synthesizer: typeof writeStacks,
): Promise<readonly SynthesizedStack[]> {
  const { root, errors } = surroundings;
  const outdir = outputFolder(surroundings);
  const file = join("environments", `${environment}.ts`);
  const there = existsSync(join(root, file));
  const refused = there ? await refusal(surroundings, environment, synthesizer) : undefined;
  const stacks = synthesizedStacks(outdir, environment);
  if (there && refused === undefined) return stacks;
  const why = there ? `${file} cannot be synthesized` : `${file} is gone`;
  const [first] = stacks;
  if (first === undefined) {
    if (refused !== undefined) errors.write(refused);
    throw new Refusal(
      `${why}, and ${relative(root, outdir) || "."} holds nothing that was synthesized of it before; check out the commit ` +
        "that was applied, and destroy from there",
    );
  }
  const { mtime } = statSync(join(first.folder, "cdk.tf.json"));
  printLine(errors, `${why}; destroys by what was synthesized last, on ${mtime.toISOString().slice(0, 10)}`);
  return stacks;
}

/** What synth has against an environment; undefined where it has nothing. */
async function refusal(
  surroundings: Surroundings,
  environment: string,
  synthesizer: typeof writeStacks,
): Promise<string | undefined> {
  const said: string[] = [];
  const quiet = { ...surroundings.errors, write: (text: string) => said.push(text) };
  const code = await synthesizer({
    ...surroundings,
    output: { ...surroundings.output, write: () => undefined },
    errors: quiet,
    environments: [environment],
  }).catch((error: unknown) => {
    said.push(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
  return code === 0 ? undefined : said.join("");
}
