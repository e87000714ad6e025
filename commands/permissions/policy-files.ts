import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Policy } from "./policies";

const policy = z.strictObject({
  Version: z.literal("2012-10-17"),
  Statement: z.array(
    z.strictObject({ Effect: z.literal("Allow"), Action: z.array(z.string()), Resource: z.array(z.string()) }),
  ),
});

const folder = (root: string) => join(root, "docs", "permissions");

/** The committed policy of who applies and destroys a stack; undefined where none was recorded yet. */
export function readPolicy(root: string, stack: string): Policy | undefined {
  const file = join(folder(root), `${stack}.json`);
  return existsSync(file) ? policy.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Writes it; gives its path in the project. */
export function writePolicy(root: string, stack: string, document: Policy): string {
  mkdirSync(folder(root), { recursive: true });
  writeFileSync(join(folder(root), `${stack}.json`), `${JSON.stringify(document, null, 2)}\n`);
  return `docs/permissions/${stack}.json`;
}
