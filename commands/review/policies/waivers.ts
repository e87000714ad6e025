import type { PolicyId } from "../../../modules/policies/policy-ids";
import { type Waivers, waiversSchema } from "../../../modules/policies/schema";
import { waiverOf } from "../../../modules/policies/waived";
import type { IsoDate } from "../../../modules/schema/iso-date";
import type { EnvironmentJson } from "../../terraform-json/environment-json";
import { objectOf } from "../../terraform-json/json";
import { policies } from "./policies";
import type { Violation } from "./policy";

/** Waivers that the stacks carry beside what Terraform reads. What is none in form waives nothing. */
export function waiversOf({ stacks }: EnvironmentJson): Waivers {
  const { data = {} } = waiversSchema.safeParse(objectOf(stacks.cluster?.["//"])["waivers"]);
  return data;
}

/** Longest list of places in a line. */
const shown = 3;

const listed = (places: readonly string[]) =>
  [...places.slice(0, shown), ...(places.length > shown ? [`${places.length - shown} more`] : [])].join(", ");

const counted = (count: number) => `${count} ${count === 1 ? "place" : "places"}`;

/** What an environment breaks and what it waives on a day: a line a policy. */
export function policyLines(violations: readonly Violation[], waivers: Waivers, today: IsoDate): readonly string[] {
  const waived = ({ policy, place }: Violation) => waiverOf(waivers, policy, place, today) !== undefined;
  const places = (id: PolicyId, ofWaived: boolean) =>
    violations.filter((one) => one.policy === id && waived(one) === ofWaived).map(({ place }) => place);
  return [
    ...policies.flatMap(({ id, fix }) => {
      const broken = places(id, false);
      return broken.length === 0 ? [] : [`${id} is broken at ${counted(broken.length)} (${listed(broken)}): ${fix}`];
    }),
    ...policies.flatMap(({ id }) => {
      const waiver = waivers[id];
      if (waiver === undefined) return [];
      const { until, reason } = waiver;
      const passed = places(id, true);
      return passed.length === 0
        ? [`waivers["${id}"] waives nothing; take it out`]
        : [`${id} is waived until ${until} at ${counted(passed.length)} (${listed(passed)}): ${reason}`];
    }),
  ];
}
