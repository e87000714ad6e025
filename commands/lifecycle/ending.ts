import type { IsoDate } from "../../modules/schema/iso-date";

/** The last day that a date means: of a month without a day, its last. */
function lastDay(date: IsoDate): Date {
  const [year = 0, month = 1, day] = date.split("-").map(Number);
  return day === undefined ? new Date(Date.UTC(year, month, 0)) : new Date(Date.UTC(year, month - 1, day));
}

/**
 * Those of some rows whose support ends from today to a number of days later. What ended before is not among them: an
 * environment that is accepted at all has acknowledged it.
 */
export function endingWithin<Row extends { readonly end: string }>(
  rows: readonly Row[],
  today: IsoDate,
  days: number,
): readonly Row[] {
  const first = Date.parse(today);
  const last = first + days * 86_400_000;
  return rows.filter(({ end }) => {
    const time = end === "" ? Number.NaN : lastDay(end).getTime();
    return time >= first && time <= last;
  });
}
