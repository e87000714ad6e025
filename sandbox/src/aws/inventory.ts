import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { pythonEnvironment } from "./python-environment";

const inventorySchema = z.record(z.string(), z.array(z.string()));

/** Ids of everything in an AWS account and region, by kind. */
export type Inventory = z.infer<typeof inventorySchema>;

/**
 * Everything that exists, of the kinds that a cluster and its doors are made of. What is on its way out, as AWS sees it,
 * does not count. A new account is not empty (it has a default VPC), so compare with what was there before.
 *
 * @param environment what leads a program to the account
 */
export async function awsInventory(environment: Readonly<Record<string, string>>): Promise<Inventory> {
  const { python } = await pythonEnvironment();
  const { stdout } = await promisify(execFile)(python, [join(__dirname, "inventory.py")], {
    env: { ...environment },
    maxBuffer: 16 * 1024 * 1024,
  });
  return inventorySchema.parse(JSON.parse(stdout));
}

/** What the second inventory has beyond the first, as `kind id`. */
export function added(before: Inventory, after: Inventory): readonly string[] {
  return Object.entries(after).flatMap(([kind, ids]) =>
    ids.filter((id) => !before[kind]?.includes(id)).map((id) => `${kind} ${id}`),
  );
}
