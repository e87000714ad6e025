import { inherited } from "./plain-data";
import { formatValue } from "./problem";
import { nearest } from "./suggest";

/** What to do about a name that nobody knows: the name that was most likely meant, or something else. */
export function meant(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  // What cannot be a name cannot be added either.
  if (near === undefined && inherited.has(word)) return "write another name, and declare it";
  return near === undefined ? otherwise : `did you mean ${formatValue(near)}? Otherwise ${otherwise}`;
}
