/** The parts of a run; those of one lane follow each other, the lanes run side by side. */
export const lanes = [
  ["seeds", "undone", "day-two-cluster", "day-two-doors"],
  ["dev", "foundry", "seeds-today", "s3", "upgrade", "command", "readme", "traffic"],
] as const;

export type Part = (typeof lanes)[number][number];

export const parts: readonly Part[] = lanes.flat();

/** Parts for pipelines that have no time for all of them; the days of a year take turns, and every part has its turn. */
export const turns: readonly (readonly Part[])[] = [
  ["undone", "day-two-cluster", "dev", "s3", "traffic"],
  ["day-two-doors", "seeds-today", "readme"],
  ["seeds", "foundry", "upgrade", "command"],
];

/** The parts of a day. */
export function partsOf(day: Date): readonly Part[] {
  const dayOfYear = Math.floor((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 0)) / 86_400_000);
  return turns[dayOfYear % turns.length] ?? parts;
}
