import { z } from "zod";
import {
  type AssociatedAccessPolicy,
  accessEntry,
  addon,
  associatedAccessPolicy,
  cluster,
  clusterNetwork,
  fargateProfile,
  nodegroup,
  podIdentityAssociation,
  update,
} from "./records";

function table<Row extends z.ZodType>(row: Row) {
  return z
    .record(z.string(), row)
    .default({})
    .transform((rows) => new Map(Object.entries(rows)));
}

/** All of EKS in one region. What belongs to a cluster has a key that starts with the cluster's name and a slash. */
export const eksState = z.object({
  clusters: table(cluster),
  clusterNetworks: table(clusterNetwork),
  nodegroups: table(nodegroup),
  fargateProfiles: table(fargateProfile),
  addons: table(addon),
  accessEntries: table(accessEntry),
  /** Keyed by cluster, then the principal's ARN; the policies of one entry. */
  associatedAccessPolicies: table(z.array(associatedAccessPolicy)),
  podIdentityAssociations: table(podIdentityAssociation),
  /** Keyed by cluster, then the update's id. */
  updates: table(update),
  /** Log groups of clusters that are gone, to which EKS has not written its last records yet. */
  lateLogs: z.array(z.string()).default([]),
});

export type EksState = z.infer<typeof eksState>;

/** The key of something that belongs to a cluster. */
export function within(clusterName: string, name: string): string {
  return `${clusterName}/${name}`;
}

/** The rows of a table that belong to a cluster, in the order of their making. */
export function ofCluster<Row>(rows: ReadonlyMap<string, Row>, clusterName: string): readonly Row[] {
  return [...rows].filter(([key]) => key.startsWith(`${clusterName}/`)).map(([, row]) => row);
}

/** The policies that an access entry has. */
export function policiesOf(state: EksState, clusterName: string, principalArn: string): AssociatedAccessPolicy[] {
  return state.associatedAccessPolicies.get(within(clusterName, principalArn)) ?? [];
}

/** Takes everything out of a table that belongs to a cluster. */
export function removeOfCluster(rows: Map<string, unknown>, clusterName: string): void {
  for (const key of [...rows.keys()].filter((candidate) => candidate.startsWith(`${clusterName}/`))) {
    rows.delete(key);
  }
}
