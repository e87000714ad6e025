/** The parts of a run; those of one lane follow each other, the lanes run side by side. */
export const lanes = [
  ["seeds", "undone", "day-two"],
  ["dev", "foundry", "seeds-today", "s3", "upgrade", "command", "readme", "traffic"],
] as const;

export type Part = (typeof lanes)[number][number];

export const parts: readonly Part[] = lanes.flat();
