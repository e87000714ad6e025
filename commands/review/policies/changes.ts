import type { Landscape } from "../../doors/landscape";
import type { BlockChange, PolicyChange } from "../model";
import { violationsOf } from "./policies";

/**
 * Policies that are broken before, after or both, each place by itself.
 *
 * @param changes resources that go to another address are the same there
 */
export function policyChanges(
  before: Landscape,
  after: Landscape,
  changes: readonly BlockChange[],
): readonly PolicyChange[] {
  const renamed = new Map<string, string>(
    changes.flatMap(({ stack, from, address }) =>
      from === undefined ? [] : [[`${stack}: ${from}`, `${stack}: ${address}`] as const],
    ),
  );
  const old = violationsOf(before).map(({ policy, place }) => ({
    policy,
    place: renamed.get(place) ?? place,
  }));
  const now = violationsOf(after);
  const key = ({ policy, place }: { readonly policy: string; readonly place: string }) => `${policy} ${place}`;
  const [known, there] = [new Set(old.map(key)), new Set(now.map(key))];
  return [
    ...now.map((one) => ({ ...one, action: known.has(key(one)) ? "stands" : "broken" }) as const),
    ...old.filter((one) => !there.has(key(one))).map((one) => ({ ...one, action: "kept" }) as const),
  ];
}
