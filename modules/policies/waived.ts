import { type IsoDate, isPast } from "../schema/iso-date";
import type { Waiver, Waivers } from "./schema";

/** The waiver under which a place may break a policy on a day; undefined where there is none, or it ended. */
export function waiverOf(waivers: Waivers, policy: string, place: string, today: IsoDate): Waiver | undefined {
  const waiver = Object.hasOwn(waivers, policy) ? waivers[policy] : undefined;
  if (waiver === undefined || isPast(waiver.until, today)) return undefined;
  return waiver.resources.some((pattern) => matches(pattern, place)) ? waiver : undefined;
}

function matches(pattern: string, place: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(place);
}
