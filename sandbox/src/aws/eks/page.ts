/** A page of a list, as `maxResults` and `nextToken` ask for it; the token is the number of items before the page. */
export function page<Item>(field: string, all: readonly Item[], query: URLSearchParams): object {
  const start = Number(query.get("nextToken") ?? 0);
  const end = start + Number(query.get("maxResults") ?? 100);
  return { [field]: all.slice(start, end), ...(end < all.length ? { nextToken: String(end) } : {}) };
}
