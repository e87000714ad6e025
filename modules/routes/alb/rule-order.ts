/** Longest path of a rule; below AWS's 128 characters by the `/*` that the controller adds. */
export const pathLimit = 126;

/**
 * `group.order` of an Ingress: within a group the controller sorts Ingresses by it and not by path, so that `/` would
 * hide `/api` of another Ingress. Named hosts come before wildcards, wildcards before every host, and longer paths
 * before shorter ones. From 0 to 380, within the controller's -1000 to 1000.
 */
export function ruleOrder(host: string, path: string): number {
  const hostRank = host === "*" ? 2 : host.startsWith("*.") ? 1 : 0;
  return hostRank * (pathLimit + 1) + pathLimit - path.length;
}
