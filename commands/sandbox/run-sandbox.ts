import { existsSync } from "node:fs";
import { join } from "node:path";
import { showProgram } from "../program/child";
import { AlreadyReported, Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";

/** What starts the sandbox, and the link that npm makes where its workspace is installed. */
const entry = ["sandbox", "src", "main.ts"] as const;
const installed = ["node_modules", "@ingress-foundry", "sandbox"] as const;

export function sandboxInstalled({ root }: Pick<Surroundings, "root">): boolean {
  return existsSync(join(root, ...entry)) && existsSync(join(root, ...installed));
}

/**
 * Hands a command line on to the sandbox's own program, and ends as it ends.
 *
 * @throws Refusal where the sandbox is not installed
 */
export async function runSandbox(surroundings: Surroundings, args: readonly string[]): Promise<void> {
  const { root } = surroundings;
  if (!sandboxInstalled(surroundings)) {
    throw new Refusal("the sandbox is not installed here; npm ci, without --workspaces=false, installs it");
  }
  const status = await showProgram(surroundings, process.execPath, ["--import", "tsx", join(root, ...entry), ...args], {
    cwd: root,
    input: "inherit",
  });
  if (status !== 0) throw new AlreadyReported(status ?? undefined);
}
