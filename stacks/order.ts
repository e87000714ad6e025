/** The stacks of an environment in the order they are applied; destroy runs in reverse. */
export const stackOrder = ["cluster", "identity", "controllers", "apps"] as const;

export type StackName = (typeof stackOrder)[number];

/** Id of a stack, which is also the name of its folder. */
export function stackId(environment: string, stack: StackName): string {
  return `${environment}-${stack}`;
}
