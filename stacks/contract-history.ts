import type { Contract, OutputKind, Outputs } from "../modules/state/contract";
import { appsContract, clusterContract, controllersContract, identityContract } from "./contracts";
import { type StackName, stackOrder } from "./order";
import { contractsRead } from "./reads";

/** What each stack publishes, by its name. */
export const contracts: Readonly<Record<StackName, Contract<Outputs>>> = {
  cluster: clusterContract,
  identity: identityContract,
  controllers: controllersContract,
  apps: appsContract,
};

/** Kinds of the outputs of each stack, as a release had them. */
export type ContractVersion = Readonly<Record<string, Readonly<Record<string, OutputKind>>>>;

/** Stacks that read the contract of a stack. */
export function consumersOf(producer: StackName): readonly StackName[] {
  return stackOrder.filter((stack) => {
    const reads: readonly StackName[] = contractsRead[stack];
    return reads.includes(producer);
  });
}

/** The contracts as a release keeps them. */
export function contractVersion(): ContractVersion {
  return Object.fromEntries(
    stackOrder.map((stack) => [
      stack,
      Object.fromEntries(Object.entries(contracts[stack].outputs).map(([name, { kind }]) => [name, kind])),
    ]),
  );
}

/**
 * What a new version breaks of a release, a sentence each. Stacks are applied one after another, so for a while a consumer
 * as the release had it reads what the new producer publishes; and whoever applies only some of them reads it for longer.
 */
export function brokenContracts(
  release: string,
  before: ContractVersion,
  now: ContractVersion,
  consumers: (producer: string) => readonly string[],
): readonly string[] {
  return Object.entries(before).flatMap(([stack, outputs]) => {
    const readers = consumers(stack);
    if (readers.length === 0) return [];
    return Object.entries(outputs).flatMap(([name, kind]) => {
      const is = now[stack]?.[name];
      if (is === kind) return [];
      const what = is === undefined ? "is gone" : `is a ${is} and was a ${kind}`;
      return [
        `${stack}.${name} ${what}, and ${readers.join(", ")} of ${release} may read it. Do it in two steps: publish the new ` +
          "one under another name beside it and let the consumers read that; take this one out in the release after",
      ];
    });
  });
}
