import type { StackName } from "./order";

/** Which contracts each stack reads. A stack cannot read another one's, and Terraform Cloud shares no other state with it. */
export const contractsRead = {
  cluster: [],
  identity: ["cluster"],
  controllers: ["cluster", "identity"],
  apps: ["cluster", "identity", "controllers"],
} as const satisfies Record<StackName, readonly StackName[]>;
