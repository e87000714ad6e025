import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlreadyReported } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import type { EnvironmentJson } from "./environment-json";
import { readEnvironments } from "./read-stacks";

/** What writes the stacks of environments into a folder; returns an exit code. */
export type Synthesizer = (
  options: Surroundings & { readonly environments: readonly string[]; readonly outdir: string },
) => Promise<number>;

/**
 * Environments as their files are now, synthesized into a temporary folder. What synth says of them is shown only where
 * it refuses one.
 */
export async function synthesizedNow(
  surroundings: Surroundings,
  environments: readonly string[],
  synthesizer: Synthesizer,
): Promise<readonly EnvironmentJson[]> {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  const said: string[] = [];
  const keep = { ...surroundings.errors, write: (text: string) => void said.push(text) };
  const silent = { ...surroundings.output, write: () => undefined };
  try {
    const code = await synthesizer({ ...surroundings, output: silent, errors: keep, environments, outdir: folder });
    if (code !== 0) {
      for (const text of said) surroundings.errors.write(text);
      throw new AlreadyReported(code);
    }
    return readEnvironments(folder, environments);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
