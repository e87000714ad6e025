import { type IsoDate, isPast } from "../schema/iso-date";
import { formatPath, type Problem } from "../schema/problem";
import type { Rule } from "../schema/rule";
import { nearest } from "../schema/suggest";
import { policyIds } from "./policy-ids";
import type { Waivers } from "./schema";

interface Subject {
  readonly waivers: Waivers;
}

/** What is waived is a policy that exists. */
export const waiversNamePolicies: Rule<Subject> = ({ waivers }) =>
  Object.entries(waivers)
    .filter(([id]) => !policyIds.some((known) => known === id))
    .map(([id, waiver]) => {
      const meant = nearest(id, policyIds);
      return {
        path: formatPath(["waivers", id]),
        value: waiver,
        rule: "no policy has this id, so it would waive nothing",
        remedy:
          meant === undefined
            ? "take it out; docs/review/policies.md lists every policy"
            : `did you mean \`${meant}\`?`,
      };
    });

/** A waiver holds until the day that whoever wrote it has chosen. */
export function endedWaivers({ waivers }: Subject, today: IsoDate): readonly Problem[] {
  return Object.entries(waivers)
    .filter(([, { until }]) => isPast(until, today))
    .map(([id, { until, reason }]) => ({
      path: formatPath(["waivers", id, "until"]),
      value: until,
      rule: `the waiver ended with that day, and with it what it was given for: ${reason}`,
      remedy:
        "have the environment keep the policy and take the waiver out; or, where the reason still holds, write a later " +
        "day and have that reviewed",
    }));
}
