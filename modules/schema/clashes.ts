import type { Problem } from "./problem";

/**
 * What is wrong with items that share a key with an earlier one.
 *
 * @param keyOf one key or several; undefined for an item that shares nothing with others.
 * @param problem of the later of two; undefined where these two may share the key.
 */
export function clashes<Item, Found = Problem>(
  items: readonly Item[],
  keyOf: (item: Item) => string | readonly string[] | undefined,
  problem: (item: Item, first: Item) => Found | undefined,
): readonly Found[] {
  const firstOf = new Map<string, Item>();
  return items.flatMap((item) => {
    const keys = [keyOf(item) ?? []].flat();
    const first = keys.map((key) => firstOf.get(key)).find((found) => found !== undefined);
    for (const key of keys) if (!firstOf.has(key)) firstOf.set(key, item);
    return (first === undefined ? undefined : problem(item, first)) ?? [];
  });
}
