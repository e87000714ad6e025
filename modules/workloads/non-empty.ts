/** A copy of the list, or nothing where it is empty: reviewers of the JSON need not read lists of nothing. */
export function nonEmpty<Item>(list: readonly Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : [...list];
}
