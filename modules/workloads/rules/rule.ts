import { formatPath, type Problem } from "../../schema/problem";
import type { Rule } from "../../schema/rule";
import type { Workload } from "../schema";

/** What the rules of workloads read of an environment. */
export interface Declared {
  readonly workloads: Readonly<Record<string, Workload>>;
}

/** A rule that each workload is held to by itself. */
export function ofEachWorkload(rule: (name: string, workload: Workload) => readonly Problem[]): Rule<Declared> {
  return ({ workloads }) => Object.entries(workloads).flatMap(([name, workload]) => rule(name, workload));
}

/** A field of a workload, as a reader finds it in the environment file. */
export function at(name: string, ...field: readonly PropertyKey[]): string {
  return formatPath(["workloads", name, ...field]);
}
