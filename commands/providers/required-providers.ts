import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const providers = z.record(z.string(), z.object({ source: z.string(), version: z.string() }));
const stack = z.object({ terraform: z.object({ required_providers: providers }) });

export type RequiredProviders = Readonly<z.output<typeof providers>>;

/**
 * The providers that some stacks need, which lie synthesized in a folder. Where these differ in a range, each of theirs
 * holds: one version serves all.
 */
export function requiredProviders(outdir: string, stackIds: readonly string[]): RequiredProviders {
  const ranges = new Map<string, { readonly source: string; readonly parts: Set<string> }>();
  for (const id of stackIds) {
    const file = join(outdir, "stacks", id, "cdk.tf.json");
    const { required_providers } = stack.parse(JSON.parse(readFileSync(file, "utf8"))).terraform;
    for (const [name, { source, version }] of Object.entries(required_providers)) {
      const known = ranges.get(name) ?? { source, parts: new Set() };
      for (const part of version.split(",")) known.parts.add(part.trim());
      ranges.set(name, known);
    }
  }
  return Object.fromEntries(
    [...ranges].map(([name, { source, parts }]) => [name, { source, version: [...parts].join(", ") }]),
  );
}
