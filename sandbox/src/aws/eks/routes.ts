import {
  createAccessEntry,
  deleteAccessEntry,
  describeAccessEntry,
  listAccessEntries,
  updateAccessEntry,
} from "./access-entries";
import {
  associateAccessPolicy,
  disassociateAccessPolicy,
  listAccessPolicies,
  listAssociatedAccessPolicies,
} from "./access-policies";
import { describeAddonConfiguration, describeAddonVersions } from "./addon-catalogue";
import { createAddon, deleteAddon, describeAddon, listAddons, updateAddon } from "./addons";
import { associateEncryptionConfig, updateClusterConfig, updateClusterVersion } from "./cluster-updates";
import { createCluster, deleteCluster, describeCluster, listClusters } from "./clusters";
import type { Operation } from "./eks";
import {
  createFargateProfile,
  deleteFargateProfile,
  describeFargateProfile,
  listFargateProfiles,
} from "./fargate-profiles";
import { updateNodegroupConfig, updateNodegroupVersion } from "./nodegroup-updates";
import { createNodegroup, deleteNodegroup, describeNodegroup, listNodegroups } from "./nodegroups";
import {
  createPodIdentityAssociation,
  deletePodIdentityAssociation,
  describePodIdentityAssociation,
  listPodIdentityAssociations,
  updatePodIdentityAssociation,
} from "./pod-identity";
import { listTagsForResource, tagResource, untagResource } from "./tags";
import { describeUpdate, listUpdates } from "./updates";
import { describeClusterVersions } from "./versions";

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: Operation;
}

/** The EKS API's operations by method and path, as its service model has them. */
export const routes: readonly Route[] = [
  route("POST", "/clusters", createCluster),
  route("GET", "/clusters", listClusters),
  route("GET", "/clusters/{cluster}", describeCluster),
  route("DELETE", "/clusters/{cluster}", deleteCluster),
  route("POST", "/clusters/{cluster}/update-config", updateClusterConfig),
  route("POST", "/clusters/{cluster}/updates", updateClusterVersion),
  route("GET", "/clusters/{cluster}/updates", listUpdates),
  route("GET", "/clusters/{cluster}/updates/{update}", describeUpdate),
  route("POST", "/clusters/{cluster}/encryption-config/associate", associateEncryptionConfig),
  route("GET", "/cluster-versions", describeClusterVersions),

  route("POST", "/clusters/{cluster}/node-groups", createNodegroup),
  route("GET", "/clusters/{cluster}/node-groups", listNodegroups),
  route("GET", "/clusters/{cluster}/node-groups/{nodegroup}", describeNodegroup),
  route("DELETE", "/clusters/{cluster}/node-groups/{nodegroup}", deleteNodegroup),
  route("POST", "/clusters/{cluster}/node-groups/{nodegroup}/update-config", updateNodegroupConfig),
  route("POST", "/clusters/{cluster}/node-groups/{nodegroup}/update-version", updateNodegroupVersion),

  route("POST", "/clusters/{cluster}/fargate-profiles", createFargateProfile),
  route("GET", "/clusters/{cluster}/fargate-profiles", listFargateProfiles),
  route("GET", "/clusters/{cluster}/fargate-profiles/{profile}", describeFargateProfile),
  route("DELETE", "/clusters/{cluster}/fargate-profiles/{profile}", deleteFargateProfile),

  route("POST", "/clusters/{cluster}/addons", createAddon),
  route("GET", "/clusters/{cluster}/addons", listAddons),
  route("GET", "/clusters/{cluster}/addons/{addon}", describeAddon),
  route("POST", "/clusters/{cluster}/addons/{addon}/update", updateAddon),
  route("DELETE", "/clusters/{cluster}/addons/{addon}", deleteAddon),
  route("GET", "/addons/supported-versions", describeAddonVersions),
  route("GET", "/addons/configuration-schemas", describeAddonConfiguration),

  route("POST", "/clusters/{cluster}/access-entries", createAccessEntry),
  route("GET", "/clusters/{cluster}/access-entries", listAccessEntries),
  route("GET", "/clusters/{cluster}/access-entries/{principal}", describeAccessEntry),
  route("POST", "/clusters/{cluster}/access-entries/{principal}", updateAccessEntry),
  route("DELETE", "/clusters/{cluster}/access-entries/{principal}", deleteAccessEntry),
  route("GET", "/access-policies", listAccessPolicies),
  route("POST", "/clusters/{cluster}/access-entries/{principal}/access-policies", associateAccessPolicy),
  route("GET", "/clusters/{cluster}/access-entries/{principal}/access-policies", listAssociatedAccessPolicies),
  route("DELETE", "/clusters/{cluster}/access-entries/{principal}/access-policies/{policy}", disassociateAccessPolicy),

  route("POST", "/clusters/{cluster}/pod-identity-associations", createPodIdentityAssociation),
  route("GET", "/clusters/{cluster}/pod-identity-associations", listPodIdentityAssociations),
  route("GET", "/clusters/{cluster}/pod-identity-associations/{association}", describePodIdentityAssociation),
  route("POST", "/clusters/{cluster}/pod-identity-associations/{association}", updatePodIdentityAssociation),
  route("DELETE", "/clusters/{cluster}/pod-identity-associations/{association}", deletePodIdentityAssociation),

  route("GET", "/tags/{arn}", listTagsForResource),
  route("POST", "/tags/{arn}", tagResource),
  route("DELETE", "/tags/{arn}", untagResource),
];

function route(method: string, template: string, operation: Operation): Route {
  const pattern = template
    // Some clients leave the slashes of an ARN at the end of a path as they are.
    .replace("{arn}", "(?<arn>.+)")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return { method, path: new RegExp(`^${pattern}/?$`), operation };
}
