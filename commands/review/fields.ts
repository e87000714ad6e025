import { create } from "jsondiffpatch";
import { isObject, type JsonObject } from "../terraform-json/json";
import type { FieldChange } from "./model";
import { canonical, opened } from "./normalise";

/** What tells elements of a list apart: a name where they have one, otherwise all of it. */
function identityOf(item: object): string {
  const { kind, metadata, name, Sid, key, port, container_port } = item as Readonly<Record<string, unknown>>;
  if (isObject(metadata)) return `${kind} ${metadata["namespace"]}/${metadata["name"]}`;
  for (const [label, value] of Object.entries({ name, Sid, key, port, container_port })) {
    if (typeof value === "string" || typeof value === "number") return `${label} ${value}`;
  }
  return canonical(item);
}

const differ = create({
  objectHash: identityOf,
  arrays: { detectMove: true },
});

/** Fields of which two normalised values differ, each by its path. */
export function fieldChanges(before: unknown, after: unknown): readonly FieldChange[] {
  return walk(differ.diff(before, after), "", after);
}

/** One delta of jsondiffpatch. Source: its documentation, "Delta format". */
function walk(delta: unknown, path: string, after: unknown): readonly FieldChange[] {
  if (delta === undefined) return [];
  if (Array.isArray(delta)) {
    if (delta.length === 1) return [{ path, after: delta[0] }];
    if (delta.length === 2) return [{ path, before: delta[0], after: delta[1] }];
    if (delta[2] === 0) return [{ path, before: delta[0] }];
    return [];
  }
  if (!isObject(delta)) return [];
  if (delta["_t"] !== "a") {
    return Object.entries(delta).flatMap(([key, inner]) => {
      const next = isObject(after) ? after[key] : undefined;
      return walk(inner, joined(path, key), next);
    });
  }
  return listChanges(delta, path, after);
}

function listChanges(delta: JsonObject, path: string, after: unknown): readonly FieldChange[] {
  const moved: FieldChange[] = [];
  const found = Object.entries(delta).flatMap(([key, inner]): readonly FieldChange[] => {
    if (key === "_t") return [];
    const instead = delta[`_${key}`];
    // What goes from where something else comes is one change.
    if (isRemoval(instead) && isAddition(inner))
      return changed(instead[0], inner[0], `${path}[${label(inner[0], Number(key))}]`);
    if (isRemoval(inner) && isAddition(delta[key.slice(1)])) return [];
    const index = Number(key.replace(/^_/, ""));
    if (key.startsWith("_") && Array.isArray(inner) && inner[2] === 3) {
      moved.push({ path: `${path}[${index}]`, before: `place ${index}`, after: `place ${inner[1]}` });
      return [];
    }
    const item = Array.isArray(after) ? after[index] : undefined;
    const named = key.startsWith("_") ? (Array.isArray(inner) ? inner[0] : undefined) : item;
    return walk(inner, `${path}[${label(named, index)}]`, item);
  });
  // What changes its place because others come or go is told by these.
  return found.length > 0 ? found : moved;
}

type Removal = readonly [unknown, 0, 0];

const isRemoval = (delta: unknown): delta is Removal => Array.isArray(delta) && delta.length === 3 && delta[2] === 0;
const isAddition = (delta: unknown): delta is readonly [unknown] => Array.isArray(delta) && delta.length === 1;

function changed(before: unknown, after: unknown, path: string): readonly FieldChange[] {
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  return walk(differ.diff(before, after), path, after);
}

function label(item: unknown, index: number): string {
  if (!isObject(item)) return String(index);
  const { kind, metadata, name, Sid } = item;
  if (isObject(metadata) && typeof kind === "string") return `${kind} ${metadata["name"]}`;
  return typeof name === "string" ? name : typeof Sid === "string" && Sid !== "" ? Sid : String(index);
}

/** The key that marks opened text is no step of a path. */
function joined(path: string, key: string): string {
  if (key === opened) return path;
  const step = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? step : `${path}.${step}`;
}
