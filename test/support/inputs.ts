import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { TestContext } from "vitest";
import { inputsFolder } from "../../commands/inputs/inputs-folder";

const root = join(__dirname, "..", "..");
const folder = inputsFolder(root, process.env);

/** Where each chart's default values are, as `<chart>-<version>.values.yaml`. */
export const chartsFolder = join(folder, "charts");

/** Where CustomResourceDefinitions are. */
export const definitionsFolder = join(folder, "crds");

/** Skips a test whose input is missing, with the reason, which the end of the run repeats. */
export function needsInput(context: TestContext, path: string): void {
  const missing = [folder, path].find((candidate) => !existsSync(candidate));
  if (missing !== undefined) context.skip(`${relative(root, missing)} is missing; npx foundry inputs fetches it`);
}
