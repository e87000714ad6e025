import type { Problem } from "../../modules/schema/problem";
import { configMapSize, mountsApart, pathsOfKnownKeys } from "../../modules/workloads/rules/files";
import { requestsWithinLimits } from "../../modules/workloads/rules/resources";
import type { Declared, WorkloadRule } from "../../modules/workloads/rules/rule";
import { autoscalerRange, budgetLeavesRoom } from "../../modules/workloads/rules/scaling";
import { selectorsApart } from "../../modules/workloads/rules/selectors";
import { roleOnOwnServiceAccount } from "../../modules/workloads/rules/service-account";
import { namespacesOfOurOwn } from "./namespaces";
import { nameBeginsWithLetter, objectNames } from "./workload-names";
import { albGroupsAgree, routesFitTheirDoors } from "./workload-routes";

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
