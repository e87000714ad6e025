import type { Rule } from "../../schema/rule";
import type { ClusterOptions } from "../schema";
import {
  accessEntriesGrantSomething,
  accessEntriesNameRolesOrUsers,
  nodeEntriesAreForNodes,
  publicEndpointNotOpen,
} from "./access";
import { ebsDriverHasPermissions, ebsDriverKeepsOffFargate } from "./addons";
import { hybridNetworksApart } from "./hybrid";
import {
  capacityBlocksAreNamed,
  instanceTypesFitImage,
  kubeletSettingsReachNodes,
  nodeGroupSizesInOrder,
  nodeLabelsNotReserved,
  reservationsAreNotSpot,
  volumesLargeEnough,
} from "./nodes";
import { addonRoleNamesFit, otherAddonsAreOthers } from "./other-addons";

/** Rules of a cluster alone, in the order their problems are reported. */
export const clusterRules: readonly Rule<{ readonly name: string; readonly cluster: ClusterOptions }>[] = [
  publicEndpointNotOpen,
  accessEntriesGrantSomething,
  accessEntriesNameRolesOrUsers,
  nodeEntriesAreForNodes,
  hybridNetworksApart,
  nodeGroupSizesInOrder,
  instanceTypesFitImage,
  nodeLabelsNotReserved,
  kubeletSettingsReachNodes,
  volumesLargeEnough,
  capacityBlocksAreNamed,
  reservationsAreNotSpot,
  ebsDriverHasPermissions,
  ebsDriverKeepsOffFargate,
  otherAddonsAreOthers,
  addonRoleNamesFit,
];
