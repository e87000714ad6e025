import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type StackName, stackId, stackOrder } from "../../stacks/order";
import type { Surroundings } from "../program/surroundings";

const stackSchema = z.looseObject({
  terraform: z.looseObject({ required_version: z.string().optional() }),
  data: z.looseObject({ terraform_remote_state: z.record(z.string(), z.unknown()).default({}) }).prefault({}),
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  moved: z.array(z.looseObject({ from: z.string(), to: z.string() })).default([]),
  removed: z.array(z.looseObject({ from: z.string() })).default([]),
});

/** A stack as synth wrote it. */
export interface SynthesizedStack {
  /** For example `dev-cluster`. */
  readonly id: string;
  readonly kind: StackName;
  /** Folder of its `cdk.tf.json`, absolute. */
  readonly folder: string;
  /** Ids of the stacks whose contract it reads. */
  readonly producers: readonly string[];
  /** Tells two versions of its JSON apart. */
  readonly fingerprint: string;
  /** Addresses of its resources. */
  readonly addresses: ReadonlySet<string>;
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Addresses that Terraform is to forget, and not to destroy. */
  readonly forgotten: readonly string[];
}

/** Folder that synth writes to, absolute. */
export function outputFolder({ root, variables }: Pick<Surroundings, "root" | "variables">): string {
  return resolve(root, variables["CDKTF_OUTDIR"] ?? "cdktf.out");
}

/** The stacks of an environment that lie synthesized in a folder, in the order they are applied; those that are there. */
export function synthesizedStacks(outdir: string, environment: string): readonly SynthesizedStack[] {
  const ids = stackOrder.map((kind) => stackId(environment, kind));
  return stackOrder.flatMap((kind) => {
    const id = stackId(environment, kind);
    const folder = join(outdir, "stacks", id);
    const file = join(folder, "cdk.tf.json");
    if (!existsSync(file)) return [];
    const text = readFileSync(file, "utf8");
    const { data, resource, moved, removed } = stackSchema.parse(JSON.parse(text));
    return [
      {
        id,
        kind,
        folder,
        producers: Object.keys(data.terraform_remote_state)
          .map((producer) => `${environment}-${producer}`)
          .filter((producer) => ids.includes(producer)),
        fingerprint: createHash("sha256").update(text).digest("hex"),
        addresses: new Set(
          Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
        ),
        moved,
        forgotten: removed.map(({ from }) => from),
      },
    ];
  });
}

/** A stack of a kind and those that it reads, directly or not. */
export function neededFor(stacks: readonly SynthesizedStack[], kind: StackName): readonly SynthesizedStack[] {
  return related(stacks, kind, (found, other) => found.producers.includes(other.id));
}

/** A stack of a kind and those that read it, directly or not. */
export function standingOn(stacks: readonly SynthesizedStack[], kind: StackName): readonly SynthesizedStack[] {
  return related(stacks, kind, (found, other) => other.producers.includes(found.id));
}

function related(
  stacks: readonly SynthesizedStack[],
  kind: StackName,
  belongs: (found: SynthesizedStack, other: SynthesizedStack) => boolean,
): readonly SynthesizedStack[] {
  const found = new Set(stacks.filter((stack) => stack.kind === kind));
  // A set hands out what is added while it is walked through.
  for (const one of found) for (const other of stacks) if (belongs(one, other)) found.add(other);
  return stacks.filter((stack) => found.has(stack));
}
