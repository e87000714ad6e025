import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Partition } from "../modules/aws/schema";
import type { Published, Read } from "../modules/state/contract";
import type { appsContract, clusterContract, controllersContract, identityContract } from "./contracts";

/** A stack that is finished, for who adds to it. */
interface Open {
  /** Where additions go: below it, and nowhere else. */
  readonly scope: Construct;
}

/** The finished stacks of an environment, as a file `<environment>.stacks.ts` gets them. */
export interface OpenStacks {
  readonly environment: {
    readonly name: string;
    readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  };
  /** Provider `aws`. */
  readonly cluster: Open & {
    /** What the stack tells the others, as references inside itself. */
    readonly outputs: Published<typeof clusterContract.outputs>;
  };
  /** Provider `aws`. */
  readonly identity: Open & {
    readonly outputs: Published<typeof identityContract.outputs>;
    /** What the stack reads of another. */
    readonly cluster: Read<typeof clusterContract.outputs>;
  };
  /** Providers `aws`, `kubernetes` and `helm`. */
  readonly controllers: Open & {
    readonly outputs: Published<typeof controllersContract.outputs>;
    readonly cluster: Read<typeof clusterContract.outputs>;
    readonly identity: Read<typeof identityContract.outputs>;
  };
  /** Providers `aws`, `kubernetes` and `helm`. */
  readonly apps: Open & {
    readonly outputs: Published<typeof appsContract.outputs>;
    readonly cluster: Read<typeof clusterContract.outputs>;
    readonly identity: Read<typeof identityContract.outputs>;
    /** What an object in one of the environment's namespaces waits for. */
    readonly namespace: (name: string) => readonly ITerraformDependable[];
  };
}

/** Adds constructs to finished stacks. */
export type AddToStacks = (stacks: OpenStacks) => void;
