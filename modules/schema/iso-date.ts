/** A date as `YYYY-MM-DD`, or `YYYY-MM` where the source gives no day. */
export type IsoDate = string;

/** The last day of a date that may name its month alone. */
export function lastDay(date: IsoDate): IsoDate {
  const [year = 0, month = 1, day] = date.split("-").map(Number);
  return day === undefined ? new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) : date;
}

/** Whether the last day of a date is over. */
export function isPast(date: IsoDate, today: IsoDate): boolean {
  return today > lastDay(date);
}

/** Whether a date is today or comes within a number of days. */
export function comesWithin(date: IsoDate, today: IsoDate, days: number): boolean {
  const left = (Date.parse(lastDay(date)) - Date.parse(today)) / 86_400_000;
  return left >= 0 && left <= days;
}
