/** Parsed JSON whose shape is not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object; empty where the value is none. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A list, whether JSON holds one value, several or none. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Walks into JSON by keys; a block that Terraform allows once may stand in a list of one. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, key) => objectOf(Array.isArray(current) ? current[0] : current)[key], value);
}

/** Text at a path; numbers and booleans, which Terraform takes either way, as their text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === "string") return found;
  return typeof found === "number" || typeof found === "boolean" ? String(found) : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const text = textAt(value, ...path);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  return listOf(at(value, ...path));
}

export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).flatMap((item) => (typeof item === "string" ? [item] : []));
}

/** A map of texts, as labels and annotations are. */
export function mapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(at(value, ...path))).flatMap(([key, item]) =>
      typeof item === "string" ? [[key, item] as const] : [],
    ),
  );
}

/** What JSON text says; undefined where the text is none. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
