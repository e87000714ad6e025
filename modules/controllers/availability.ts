import type { Json } from "../schema/primitives";

/** Spreads a chart's replicas over zones and nodes; never keeps one from starting. */
export function spreadOverZones(labels: Readonly<Record<string, string>>): Json {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels },
  }));
}

/** Number of replicas of a controller: two or more, so that a drain never takes the last one. */
export const minimumReplicas = 2;
