import type { ClusterOptions } from "./schema";

/** Oldest AWS providers that know what a cluster asks for. Source: the provider's CHANGELOG. */
export function awsProvidersOfCluster(cluster: ClusterOptions): readonly string[] {
  return [
    ...(cluster.deletionProtection ? ["6.9.0"] : []),
    ...(cluster.scalingTier === undefined ? [] : ["6.23.0"]),
    ...(Object.keys(cluster.capabilities).length === 0 ? [] : ["6.25.0"]),
  ];
}
