import { homedir } from "node:os";
import { join } from "node:path";

/** The folder under the user's cache folder that belongs to this project. */
export const projectName = "ingress-foundry";

/**
 * The folder in which the sandbox keeps what is slow to build: `$XDG_CACHE_HOME/ingress-foundry/sandbox`, by default
 * under `~/.cache`. It may be deleted at any time when no sandbox runs.
 */
export function sandboxCacheFolder(variables: NodeJS.ProcessEnv = process.env): string {
  const base = variables["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, projectName, "sandbox");
}
