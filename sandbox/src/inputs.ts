import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./synthesize";

/**
 * Folder of the controllers' CustomResourceDefinitions: below `FOUNDRY_INPUTS`, by default `inputs` in the project.
 * Undefined where nobody has fetched them.
 */
export function definitionsFolder(): string | undefined {
  const folder = join(process.env["FOUNDRY_INPUTS"] ?? join(projectRoot, "inputs"), "crds");
  return existsSync(folder) ? folder : undefined;
}
