import { z } from "zod";

const document = z.record(z.string(), z.unknown());

/** A JSON object whose fields are not known here. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Fields that were sent to a service and that moto does not keep, by the path of the resource they belong to. Answers of
 * moto are completed from them.
 */
export const overlays = z
  .record(z.string(), document)
  .default({})
  .transform((rows) => new Map(Object.entries(rows)));
export type Overlays = Map<string, Record<string, unknown>>;

/** Reads a JSON object out of a body; anything else gives undefined. */
export function jsonObject(body: Buffer): JsonObject | undefined {
  try {
    return document.safeParse(JSON.parse(body.toString("utf8"))).data;
  } catch {
    // Not JSON: a page of moto's, or nothing.
    return undefined;
  }
}

/** The document with the fields laid over it that are kept for this path. A kept null takes the field away. */
export function completed(kept: Overlays, path: string, original: JsonObject): JsonObject {
  const fields = kept.get(path) ?? {};
  const merged = Object.entries({ ...original, ...fields });
  return Object.fromEntries(merged.filter(([name, value]) => value !== null || !(name in fields)));
}

/** Keeps fields for a path beside those already kept for it. */
export function keep(kept: Overlays, path: string, fields: JsonObject): void {
  kept.set(path, { ...kept.get(path), ...fields });
}

/** Forgets what is kept for a path and everything below it. */
export function forget(kept: Overlays, path: string): void {
  for (const key of [...kept.keys()].filter((candidate) => candidate === path || candidate.startsWith(`${path}/`))) {
    kept.delete(key);
  }
}
