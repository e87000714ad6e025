import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type StackName, stackOrder } from "../../stacks/order";

/** Terraform's own name for it, beside a root module. */
export const lockFileName = ".terraform.lock.hcl";

/** A kind of stack that a lock file is kept for. */
export type LockedKind = StackName | "workspaces";

/** Where the lock file of a kind of stack is kept. */
export function lockFile(root: string, stackKind: LockedKind): string {
  return join(root, "providers", stackKind, lockFileName);
}

/** The text of a lock file, undefined where there is none. */
export function readLock(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Writes a lock file, unless it says the same already. */
export function writeLock(file: string, text: string): void {
  if (readLock(file) === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** The lock file that Terraform reads and writes in a root module's folder. */
export function lockFileIn(folder: string): string {
  return join(folder, lockFileName);
}

/**
 * Puts the kept lock file of a kind of stack into the folder of one, where Terraform looks for it. Where none is kept,
 * the one that an earlier `terraform init` wrote there stays.
 *
 * @param folder the stack's folder, which is there already
 */
export function copyProviderLock(stackKind: LockedKind, folder: string, root: string): void {
  const text = readLock(lockFile(root, stackKind));
  if (text !== undefined) writeLock(lockFileIn(folder), text);
}

/**
 * What to say, once, where some kind of stack has no lock file: a sentence, undefined where each has one.
 *
 * @param kinds the kinds that there are. Default: those of every environment
 */
export function missingLocks(root: string, kinds: readonly LockedKind[] = stackOrder): string | undefined {
  const missing = kindsWithoutLock(root, kinds);
  if (missing.length === 0) return undefined;
  const named = missing.length === kinds.length ? "" : ` for ${missing.join(", ")}`;
  return `No provider lock file${named}: each machine picks its own plugins; npx foundry providers lock writes providers/`;
}

/** Kinds of stack that no lock file is kept for. */
export function kindsWithoutLock(root: string, kinds: readonly LockedKind[]): readonly LockedKind[] {
  return kinds.filter((kind) => !existsSync(lockFile(root, kind)));
}

/** Versions by provider's address, as a lock file has them. */
export function lockedVersions(text: string): ReadonlyMap<string, string> {
  // Terraform alone writes these files, always in this form.
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n\s+version\s+= "([^"]+)"/gm);
  return new Map([...blocks].map(([, address = "", version = ""]) => [address, version]));
}

/** A lock file's path for people to read. */
export function shownPath(root: string, stackKind: LockedKind): string {
  return relative(root, lockFile(root, stackKind)).replaceAll("\\", "/");
}
