/** Namespaces that every cluster has from its start. */
export const builtInNamespaces: readonly string[] = ["default", "kube-system", "kube-public", "kube-node-lease"];
