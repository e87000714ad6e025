import type { Rule } from "../../schema/rule";
import type { ClusterOptions } from "../schema";
import { accessEntriesGrantSomething, accessEntriesNameRolesOrUsers, publicEndpointNotOpen } from "./access";
import { ebsDriverHasPermissions, ebsDriverKeepsOffFargate } from "./addons";
import { instanceTypesFitImage, nodeGroupSizesInOrder, nodeLabelsNotReserved } from "./nodes";

/** Rules of a cluster alone, in the order their problems are reported. */
export const clusterRules: readonly Rule<{ readonly cluster: ClusterOptions }>[] = [
  publicEndpointNotOpen,
  accessEntriesGrantSomething,
  accessEntriesNameRolesOrUsers,
  nodeGroupSizesInOrder,
  instanceTypesFitImage,
  nodeLabelsNotReserved,
  ebsDriverHasPermissions,
  ebsDriverKeepsOffFargate,
];
