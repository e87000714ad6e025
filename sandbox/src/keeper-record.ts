import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { SandboxFolder } from "./folder";

/** How to reach what a sandbox's keeper runs. */
export const keeperRecord = z.object({
  pid: z.number(),
  startedAt: z.string(),
  awsEndpoint: z.string(),
  /** What a program needs in its environment to use this AWS: endpoint, region, credentials, a PATH with `aws`. */
  awsEnvironment: z.record(z.string(), z.string()),
  kubernetesServer: z.string(),
  /** Kubeconfig of an administrator by client certificate: for looking around, never for Terraform. */
  kubeconfig: z.string(),
  chartRepository: z.string(),
});

export type KeeperRecord = z.infer<typeof keeperRecord>;

/** What the keeper of a sandbox wrote when it became ready; undefined when it is not ready. */
export function readKeeper(folder: SandboxFolder): KeeperRecord | undefined {
  return existsSync(folder.keeper) ? keeperRecord.parse(JSON.parse(readFileSync(folder.keeper, "utf8"))) : undefined;
}
