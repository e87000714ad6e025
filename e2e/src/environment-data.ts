/** JSON that an environment is made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A change of an environment; paths are keys with dots between them. */
export interface Edit {
  readonly set?: Readonly<Record<string, Json>>;
  readonly remove?: readonly string[];
}

/** @throws Error where there is nothing at a path that should be removed, or no object on the way to one */
export function edited(data: JsonObject, { set = {}, remove = [] }: Edit): JsonObject {
  const whole = structuredClone(data);
  for (const path of remove) {
    const { holder, key } = place(whole, path);
    if (holder[key] === undefined) {
      throw new Error(`there is no ${path} to remove`);
    }
    delete holder[key];
  }
  for (const [path, value] of Object.entries(set)) {
    const { holder, key } = place(whole, path);
    holder[key] = value;
  }
  return whole;
}

function place(whole: JsonObject, path: string): { readonly holder: Record<string, Json>; readonly key: string } {
  const keys = path.split(".");
  const key = keys.pop() ?? "";
  let holder: Record<string, Json> = whole;
  for (const step of keys) {
    const next = holder[step];
    if (typeof next !== "object" || next === null || Array.isArray(next)) {
      throw new Error(`there is no object ${step} on the way to ${path}`);
    }
    holder = Object(next);
  }
  return { holder, key };
}

/** The file of an environment. */
export function environmentFile(data: JsonObject): string {
  return [
    'import { defineEnvironment } from "../platform/define-environment";',
    "",
    `export default defineEnvironment(${JSON.stringify(data, null, 2)});`,
    "",
  ].join("\n");
}
