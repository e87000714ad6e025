import type { Environment } from "../../../platform/environment";
import { formatPath, type Problem } from "../../schema/problem";
import type { Workload } from "../schema";

/** What the rules of workloads read of an environment. */
export type Declared = Pick<Environment, "aws" | "controllers" | "namespaces" | "workloads">;

/** What cannot work in one workload, its neighbours aside. */
export type WorkloadRule = (name: string, workload: Workload) => readonly Problem[];

/** A field of a workload, as a reader finds it in the environment file. */
export function at(name: string, ...field: readonly PropertyKey[]): string {
  return formatPath(["workloads", name, ...field]);
}
