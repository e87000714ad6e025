import type { Problem } from "../../config/problem";
import { configMapSize, mountsApart, pathsOfKnownKeys } from "./files";
import { nameBeginsWithLetter, objectNames } from "./names";
import { namespacesOfOurOwn } from "./namespaces";
import { requestsWithinLimits } from "./resources";
import { albGroupsAgree, routesFitTheirDoors } from "./routes";
import type { Declared, WorkloadRule } from "./rule";
import { autoscalerRange, budgetLeavesRoom } from "./scaling";
import { selectorsApart } from "./selectors";
import { roleOnOwnServiceAccount } from "./service-account";

const ofOne: readonly WorkloadRule[] = [
  nameBeginsWithLetter,
  autoscalerRange,
  budgetLeavesRoom,
  requestsWithinLimits,
  configMapSize,
  pathsOfKnownKeys,
  mountsApart,
  roleOnOwnServiceAccount,
];

const ofAll: readonly ((environment: Declared) => readonly Problem[])[] = [
  objectNames,
  selectorsApart,
  namespacesOfOurOwn,
  routesFitTheirDoors,
  albGroupsAgree,
];

/** What the schema alone cannot see of workloads, their namespaces and their routes. */
export function workloadProblems(environment: Declared): readonly Problem[] {
  return [
    ...Object.entries(environment.workloads).flatMap(([name, workload]) =>
      ofOne.flatMap((rule) => rule(name, workload)),
    ),
    ...ofAll.flatMap((rule) => rule(environment)),
  ];
}
