import type { Environment } from "../../../platform/environment";
import { formatPath, formatValue, type Problem } from "../../schema/problem";
import { nearest } from "../../schema/suggest";
import type { Mesh } from "../schema";

/** What cannot work in a mesh and its schema alone cannot see. */
export type MeshRule = (mesh: Mesh, environment: Environment) => readonly Problem[];

/** A field of the mesh, as a reader finds it in the environment file. */
export function at(...field: readonly PropertyKey[]): string {
  return formatPath(["mesh", ...field]);
}

/** A remedy for a name that nothing has. */
export function meant(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `did you mean ${formatValue(near)}? Otherwise ${otherwise}`;
}

/** Labels as a selector is written by hand: `app=sample1, server=nginx-1`. */
export function selectorText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
