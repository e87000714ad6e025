import type { Waivers } from "../../modules/policies/schema";
import { type IsoDate, isPast } from "../../modules/schema/iso-date";
import type { PolicyChange, WaiverChange } from "./model";
import { canonical } from "./normalise";

/** Waivers of both versions, and how they differ. */
export function waiverChanges(
  before: Waivers,
  after: Waivers,
  policies: readonly PolicyChange[],
  today: IsoDate,
): readonly WaiverChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((policy) => {
    const [old, now] = [before[policy], after[policy]];
    const waiver = now ?? old;
    if (waiver === undefined) return [];
    const action =
      old === undefined ? "add" : now === undefined ? "remove" : canonical(old) === canonical(now) ? "none" : "change";
    const waives = policies.filter((one) => one.policy === policy && one.waivedUntil !== undefined).length;
    return [{ policy, ...waiver, action, ended: now !== undefined && isPast(waiver.until, today), waives }];
  });
}
