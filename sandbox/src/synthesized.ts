import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const block = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), block)).default({});

/** The parts of a synthesized stack that the sandbox reads; the rest as it came. */
export const stackJson = z.looseObject({
  terraform: z.looseObject({
    backend: z.record(z.string(), z.looseObject({})).optional(),
    cloud: z.unknown().optional(),
    required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })).default({}),
  }),
  provider: z.record(z.string(), z.array(block)).default({}),
  resource: blocks,
  data: blocks,
  output: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
});

export type StackJson = z.infer<typeof stackJson>;

const manifest = z.looseObject({
  stacks: z.record(
    z.string(),
    z.looseObject({ name: z.string(), workingDirectory: z.string(), dependencies: z.array(z.string()) }),
  ),
});

/** A stack as `cdktf synth` wrote it. */
export interface SynthesizedStack {
  /** For example `dev-cluster`. */
  readonly id: string;
  /** Folder of its `cdk.tf.json`, absolute. */
  readonly folder: string;
  /** Stacks that have to be applied before. */
  readonly dependencies: readonly string[];
  readonly json: StackJson;
}

/**
 * The stacks of one environment, each after those it depends on.
 *
 * @param output folder that holds `manifest.json`, as `cdktf.out` does
 * @throws Error when there is none of that environment
 */
export function readStacks(output: string, environment: string): readonly SynthesizedStack[] {
  const { stacks } = manifest.parse(JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")));
  const waiting = Object.values(stacks).filter(({ name }) => environmentOf(name) === environment);
  const ordered: (typeof waiting)[number][] = [];
  const isReady = ({ dependencies }: (typeof waiting)[number]) =>
    dependencies.every((id) => ordered.some(({ name }) => name === id));
  while (ordered.length < waiting.length) {
    const next = waiting.find((stack) => !ordered.includes(stack) && isReady(stack));
    if (next === undefined) {
      throw new Error(
        `${output}/manifest.json: the stacks of ${environment} depend on each other in a circle, or on one that is not ` +
          "there, so none can be the first. Synthesize the environment again.",
      );
    }
    ordered.push(next);
  }
  if (ordered.length === 0) {
    throw new Error(
      `${output}/manifest.json: no stack of environment ${environment}, so there is nothing to apply. ` +
        "Name one of the files under environments/, without .ts.",
    );
  }
  return ordered.map(({ name, workingDirectory, dependencies }) => ({
    id: name,
    folder: join(output, workingDirectory),
    dependencies,
    json: readStackJson(join(output, workingDirectory)),
  }));
}

/** The JSON of a synthesized stack. */
function readStackJson(folder: string): StackJson {
  return stackJson.parse(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")));
}

/** `my-dev` of `my-dev-cluster`: an environment's name may hold hyphens, a stack's does not. */
function environmentOf(stackId: string): string {
  return stackId.slice(0, stackId.lastIndexOf("-"));
}
