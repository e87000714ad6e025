import { distance } from "fastest-levenshtein";

const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, "");
const letters = (word: string) => [...word].sort().join("");

/** Slips from one word to the other: letters too many, missing or wrong; two that changed places are one slip. */
function slips(word: string, candidate: string): number {
  return letters(word) === letters(candidate) && word !== candidate ? 1 : distance(word, candidate);
}

const shortest = 3;

/** The known word that a misspelt or shortened one most likely means; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const written = plain(word);
  const same = known.find((candidate) => plain(candidate) === written);
  // Numbers and single letters are all alike.
  if (same !== undefined || written.length < shortest || !/[a-z]/.test(written)) return same;
  const beginning = known.filter((candidate) => plain(candidate).startsWith(written));
  if (beginning.length > 0) return beginning.length === 1 ? beginning[0] : undefined;
  const [best] = known
    .map((candidate) => ({ candidate, steps: slips(written, plain(candidate)) }))
    .sort((left, right) => left.steps - right.steps);
  if (best !== undefined && best.steps <= Math.max(1, Math.floor(written.length / 3))) return best.candidate;
  const containing = known.filter((candidate) => plain(candidate).includes(written));
  return containing.length === 1 ? containing[0] : undefined;
}

/** Words as a sentence has them: `"a", "b" or "c"`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Words as a sentence has them: `a, b and c`. */
export function allOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
