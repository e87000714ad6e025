import type { SynthesizedStack } from "../terraform/stacks";
import type { State } from "../terraform/state";

/**
 * What goes before anything else, by stack: whatever is in a state and in no JSON any more, where that is so in several
 * stacks. A controller takes away what it made for an object only while it runs and has its role; applied from the first
 * stack to the last, it would be gone before the object is.
 */
export function removals(
  stacks: readonly SynthesizedStack[],
  states: ReadonlyMap<string, State>,
): ReadonlyMap<string, readonly string[]> {
  const gone = stacks
    .map((stack) => [stack.id, goneFrom(stack, states.get(stack.id))] as const)
    .filter(([, addresses]) => addresses.length > 0);
  return new Map(gone.length > 1 ? gone : []);
}

/** Addresses that are in a stack's state and no longer in its JSON. */
export function goneFrom(stack: SynthesizedStack, state: State | undefined): readonly string[] {
  const kept = new Set([...stack.addresses, ...stack.moved.map(({ from }) => from), ...stack.forgotten]);
  const addresses = (state?.resources ?? []).map(({ address }) => address).filter((address) => !kept.has(address));
  return [...new Set(addresses)];
}

/**
 * What a plan has to be aimed at for removals alone. Terraform refuses to leave out what moves, so that comes along.
 */
export function removalTargets(
  { moved }: SynthesizedStack,
  addresses: readonly string[],
  state: State | undefined,
): readonly string[] {
  const there = new Set((state?.resources ?? []).map(({ address }) => address));
  const moving = moved.filter(({ from }) => there.has(from)).flatMap(({ from, to }) => [from, to]);
  return [...new Set([...addresses, ...moving])];
}
