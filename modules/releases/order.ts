import { z } from "zod";
import { examples } from "../schema/examples";

/** Names something that the controllers stack installs: `controllers.certManager`, `releases.keda`, `manifests.pools`. */
export const installationRef = z
  .string()
  .regex(
    /^(controllers\.[A-Za-z0-9]+|(releases|manifests)\.[a-z0-9-]+)$/,
    "what comes before is named as controllers.certManager, releases.keda or manifests.pools",
  )
  .register(examples, { example: "controllers.certManager" });

/** Something that waits for others, by the names of {@link installationRef}. */
export interface Waiting {
  readonly after: readonly string[];
}

/**
 * The names of a table, each after those of the same table that it waits for; names outside it are passed over.
 * A circle is cut where it closes; {@link circleThrough} finds it.
 */
export function inOrder(table: Readonly<Record<string, Waiting>>): readonly string[] {
  const ordered: string[] = [];
  const visit = (name: string, waiting: readonly string[]) => {
    const entry = table[name];
    if (entry === undefined || ordered.includes(name) || waiting.includes(name)) return;
    for (const before of entry.after) visit(before, [...waiting, name]);
    ordered.push(name);
  };
  for (const name of Object.keys(table)) visit(name, []);
  return ordered;
}

/** A way from a name back to itself; undefined where there is none. */
export function circleThrough(table: Readonly<Record<string, Waiting>>, start: string): readonly string[] | undefined {
  const seen = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    for (const before of table[name]?.after ?? []) {
      if (before === start) return [...way, before];
      if (seen.has(before)) continue;
      seen.add(before);
      const found = visit(before, [...way, before]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(start, [start]);
}
