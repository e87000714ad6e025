import { conditionLimit } from "../../door/depth-schema";

/** Longest path of a rule; below AWS's 128 characters by the `/*` that the controller adds. */
export const pathLimit = 126;

/** As many orders as there are, by which they lie around 0. */
const orders = 3 * (pathLimit + 1) * (conditionLimit + 1);

/**
 * `group.order` of an Ingress: within a group the controller sorts Ingresses by it and not by path, so that `/` would
 * hide `/api` of another Ingress. Named hosts come before wildcards, wildcards before every host, longer paths before
 * shorter ones, and of one path those that ask more of a call before those that ask less. From -762 to 761, within the
 * controller's -1000 to 1000.
 *
 * @param conditions how many things the route asks of a call beside host and path, at most three
 */
export function ruleOrder(host: string, path: string, conditions = 0): number {
  const hostRank = host === "*" ? 2 : host.startsWith("*.") ? 1 : 0;
  const place = hostRank * (pathLimit + 1) + pathLimit - path.length;
  return place * (conditionLimit + 1) + conditionLimit - conditions - orders / 2;
}
