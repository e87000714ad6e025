import type { PolicyId } from "../../../modules/policies/policy-ids";
import { waiverOf } from "../../../modules/policies/waived";
import type { IsoDate } from "../../../modules/schema/iso-date";
import type { Landscape } from "../../doors/landscape";
import type { BlockChange, PolicyChange } from "../model";
import { violationsOf } from "./policies";
import { waiversOf } from "./waivers";

/**
 * Policies that are broken before, after or both, each place by itself.
 *
 * @param changes resources that go to another address are the same there
 * @param today the day that waivers are measured against, in UTC
 */
export function policyChanges(
  before: Landscape,
  after: Landscape,
  changes: readonly BlockChange[],
  today: IsoDate,
): readonly PolicyChange[] {
  const waivers = waiversOf(after.environment);
  const waived = (policy: PolicyId, place: string) => {
    const until = waiverOf(waivers, policy, place, today)?.until;
    return until === undefined ? {} : { waivedUntil: until };
  };
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
    ...now.map(
      (one) =>
        ({ ...one, action: known.has(key(one)) ? "stands" : "broken", ...waived(one.policy, one.place) }) as const,
    ),
    ...old.filter((one) => !there.has(key(one))).map((one) => ({ ...one, action: "kept" }) as const),
  ];
}
