import { z } from "zod";

export const labelSelector = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).default({}),
  matchExpressions: z
    .array(
      z.looseObject({
        key: z.string(),
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

export type LabelSelector = z.infer<typeof labelSelector>;

export type Labels = Readonly<Record<string, string>>;

/** Whether labels fit a selector; an empty one fits all. */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = labels[key];
      switch (operator) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
        default:
          return unknownOperator(operator);
      }
    })
  );
}

function unknownOperator(operator: never): never {
  throw new Error(`no selector has the operator ${JSON.stringify(operator)}`);
}
