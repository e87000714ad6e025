import type { AwsOptions } from "../../aws/schema";
import type { ClusterOptions } from "../../cluster/schema";
import type { IdentityOptions } from "../../identity/schema";
import type { NetworkOptions } from "../../network/schema";
import { formatPath } from "../../schema/problem";
import type { Rule } from "../../schema/rule";
import type { Namespaces, Workload } from "../../workloads/schema";
import type { Mesh } from "../schema";

/** What the rules of a mesh read of an environment that has one. */
export interface Meshed {
  readonly mesh: Mesh;
  readonly aws: AwsOptions;
  readonly cluster: ClusterOptions;
  readonly controllers: { readonly awsLoadBalancerController?: object | undefined };
  readonly identity: IdentityOptions;
  readonly namespaces: Namespaces;
  readonly network: NetworkOptions;
  readonly workloads: Readonly<Record<string, Workload>>;
}

/** What cannot work in a mesh and its schema alone cannot see. */
export type MeshRule = Rule<Meshed>;

/** A field of the mesh, as a reader finds it in the environment file. */
export function at(...field: readonly PropertyKey[]): string {
  return formatPath(["mesh", ...field]);
}

/** Labels as a selector is written by hand: `app=sample1, server=nginx-1`. */
export function selectorText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
