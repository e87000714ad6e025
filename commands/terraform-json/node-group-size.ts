import { textAt } from "./json";

/**
 * Nodes that a node group starts with where none run yet: the last alternative of an expression that goes by those that
 * do, or a plain number.
 *
 * @param given arguments of an `aws_eks_node_group`
 */
export function firstSize(given: unknown): number | undefined {
  const written = textAt(given, "scaling_config", "desired_size");
  const count = /(?:^| : )(\d+)\}?$/.exec(written ?? "")?.[1];
  return count === undefined ? undefined : Number(count);
}
