import type { Problem } from "./problem";

/**
 * The problems of items whose key an earlier item has.
 *
 * @param keyOf undefined for an item that shares nothing with others.
 * @param problem of the later of two; undefined where these two may share the key.
 */
export function clashes<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
  problem: (item: Item, first: Item) => Problem | undefined,
): readonly Problem[] {
  const firstOf = new Map<string, Item>();
  return items.flatMap((item) => {
    const key = keyOf(item);
    if (key === undefined) return [];
    const first = firstOf.get(key);
    if (first === undefined) {
      firstOf.set(key, item);
      return [];
    }
    return problem(item, first) ?? [];
  });
}
