type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parts of environments as one; two that say something else of the same field are an error. */
export function merged(parts: readonly Fields[], path: readonly string[] = []): Fields {
  const result: Record<string, unknown> = {};
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    const before = result[key];
    const here = [...path, key];
    if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) result[key] = value;
    else if (isFields(before) && isFields(value)) result[key] = merged([before, value], here);
    else
      throw new Error(
        `${here.join(".")} is ${JSON.stringify(before)} in one part and ${JSON.stringify(value)} in another`,
      );
  }
  return result;
}
