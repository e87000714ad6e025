import type { AddToStacks } from "./open-stacks";

/**
 * Declares what an environment has beside all that its file can say: the default export of `<environment>.stacks.ts` beside
 * it. The function gets the finished stacks and adds constructs below the scope of each; what stands there it may read and
 * not change.
 */
export function defineAdditions(add: AddToStacks): AddToStacks {
  return add;
}
