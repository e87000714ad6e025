import type { Rule } from "../../schema/rule";
import type { Namespaces } from "../schema";
import { configMapKeysExist, pathsOfMountedConfigMaps } from "./config-maps";
import { configMapSize, mountsUnique, pathsOfKnownKeys } from "./files";
import { nameBeginsWithLetter } from "./names";
import { podSecurityAdmitsWorkloads } from "./pod-security";
import { renamedFromNobodyElse } from "./renamed";
import { requestsWithinLimits } from "./resources";
import type { Declared } from "./rule";
import {
  containersUnique,
  jobsAreNotCalled,
  kubernetesAccessOnOwnServiceAccount,
  kubernetesRulesAreNarrow,
  portsUnique,
} from "./runs";
import { autoscalerRange, budgetLeavesRoom } from "./scaling";
import { selectorsUnique } from "./selectors";
import { roleOnOwnServiceAccount } from "./service-account";

/** Rules of workloads alone, in the order their problems are reported. */
export const workloadRules: readonly Rule<Declared & { readonly namespaces: Namespaces }>[] = [
  nameBeginsWithLetter,
  renamedFromNobodyElse,
  jobsAreNotCalled,
  containersUnique,
  portsUnique,
  kubernetesRulesAreNarrow,
  kubernetesAccessOnOwnServiceAccount,
  autoscalerRange,
  budgetLeavesRoom,
  requestsWithinLimits,
  configMapSize,
  pathsOfKnownKeys,
  mountsUnique,
  roleOnOwnServiceAccount,
  selectorsUnique,
  configMapKeysExist,
  pathsOfMountedConfigMaps,
  podSecurityAdmitsWorkloads,
];
