import {
  apisHaveRoutes,
  clientsSign,
  clientUsersExist,
  closedEndpointsHaveADomain,
  corsCredentialsNameOrigins,
  domainCertificatesWhereTheyAreUsed,
  domainsApart,
  domainsInKnownZones,
  domainsOnPublicApis,
  privateApisHaveEndpoints,
  webAclsOfTheRegion,
} from "../../modules/api-gateway/rules/apis";
import {
  backendNamesApart,
  listenersApart,
  proxiedRoutesFitOneProxy,
  proxiedRoutesHaveNoListener,
} from "../../modules/api-gateway/rules/listeners";
import {
  apiKeysHaveAPlan,
  authorizersOfTheApiType,
  exactRoutesHideNoPrefix,
  integrationsOfTheApiType,
  methodsApart,
  pathsNotReserved,
  routesNameKnownApis,
  timeoutsWithinQuota,
  usagePlansCountSomeone,
  workloadRoutesHaveTheController,
} from "../../modules/api-gateway/rules/routes";
import { ebsDriverHasPermissions } from "../../modules/cluster/rules/addons";
import { instanceTypesFitImage, nodeGroupSizesInOrder, nodeLabelsNotReserved } from "../../modules/cluster/rules/nodes";
import {
  gatewayArnsFit,
  gatewayListenersApart,
  gatewayNamespacesApart,
  gatewaysHavePublicSubnets,
  gatewaysHaveTheirControllers,
} from "../../modules/gateway/rules/gateways";
import {
  gatewayRoutesFitTheirGateway,
  nlbListenersHaveOneRoute,
  routesNameKnownGateways,
} from "../../modules/gateway/rules/routes";
import { ackApiNamesApart } from "../../modules/routes/ack-api-gateway/rules";
import { nginxHostsHaveOneCertificate } from "../../modules/routes/nginx/rules";
import { bucketNameAllowed, stateKeyRelative } from "../../modules/state/rules";
import { arnsOfThisAccount, arnsOfThisPartition, keysOfThisRegion, partitionOfRegion } from "./aws";
import {
  accessEntriesGrantSomething,
  accessEntriesNameRolesOrUsers,
  publicEndpointNotOpen,
  someNodesUntainted,
  somethingRunsPods,
} from "./cluster";
import { loadBalancersAreMade, publicSubnetsForWhatIsPublic } from "./controllers";
import { environmentsApart } from "./environments";
import { fargatePodsUnprivileged, fargateRunsAddons, fargateSelectsEveryPod } from "./fargate";
import { kube2iamNotOnFargate, podIdentityHasItsAgent, podIdentityNotOnFargate } from "./identity";
import { kube2iamHasASuccessor, kube2iamHasNodes } from "./kube2iam";
import { componentsAlive, componentsClaimVersion, endsSoon, keptPastEnd, kubernetesSupported } from "./lifecycle";
import { egressLeftOpen, meshesApart, meshProblems } from "./mesh";
import { emissaryServicesApart, keysHoldNoTemplates, nameOfTheFile, releaseNames, workloadRoleNames } from "./names";
import { endpointsWithoutNat, imagesWithoutNat, serviceNetworkApart, subnetsOfOneKind } from "./network";
import {
  externalDnsHasZones,
  recordsHaveAHost,
  recordsHaveExternalDns,
  recordsLieInTheirZone,
  recordsOfAHostAgree,
} from "./records";
import { certificatesAreCertificates, routesApart, routesHaveTheirControllers } from "./routes";
import type { Rule, RuleAcrossFiles, Warner } from "./rule";
import { assumedRoleSignsIn, someoneSignsIn } from "./sign-in";
import { workloadProblems } from "./workload-rules";
import {
  configMapKeysExist,
  imagesFromKnownRepositories,
  kube2iamHandsOutRoles,
  pathsOfMountedConfigMaps,
  podSecurityAdmitsWorkloads,
} from "./workloads";

/** Rules that an environment has to keep beyond its schema, in the order their problems are told. */
export const rules: readonly Rule[] = [
  nameOfTheFile,
  keysHoldNoTemplates,
  partitionOfRegion,
  arnsOfThisPartition,
  arnsOfThisAccount,
  keysOfThisRegion,
  bucketNameAllowed,
  stateKeyRelative,
  serviceNetworkApart,
  subnetsOfOneKind,
  endpointsWithoutNat,
  kubernetesSupported,
  componentsClaimVersion,
  componentsAlive,
  publicEndpointNotOpen,
  accessEntriesGrantSomething,
  accessEntriesNameRolesOrUsers,
  someoneSignsIn,
  assumedRoleSignsIn,
  somethingRunsPods,
  someNodesUntainted,
  nodeGroupSizesInOrder,
  instanceTypesFitImage,
  nodeLabelsNotReserved,
  ebsDriverHasPermissions,
  fargateRunsAddons,
  fargateSelectsEveryPod,
  fargatePodsUnprivileged,
  podIdentityNotOnFargate,
  podIdentityHasItsAgent,
  kube2iamNotOnFargate,
  kube2iamHandsOutRoles,
  kube2iamHasNodes,
  loadBalancersAreMade,
  publicSubnetsForWhatIsPublic,
  releaseNames,
  emissaryServicesApart,
  workloadRoleNames,
  imagesFromKnownRepositories,
  configMapKeysExist,
  pathsOfMountedConfigMaps,
  podSecurityAdmitsWorkloads,
  workloadProblems,
  routesHaveTheirControllers,
  routesApart,
  certificatesAreCertificates,
  nginxHostsHaveOneCertificate,
  externalDnsHasZones,
  recordsHaveAHost,
  recordsLieInTheirZone,
  recordsHaveExternalDns,
  recordsOfAHostAgree,
  gatewaysHaveTheirControllers,
  gatewayNamespacesApart,
  gatewaysHavePublicSubnets,
  gatewayListenersApart,
  gatewayArnsFit,
  routesNameKnownGateways,
  gatewayRoutesFitTheirGateway,
  nlbListenersHaveOneRoute,
  ackApiNamesApart,
  meshProblems,
  apisHaveRoutes,
  privateApisHaveEndpoints,
  clientUsersExist,
  clientsSign,
  domainsOnPublicApis,
  domainsInKnownZones,
  domainCertificatesWhereTheyAreUsed,
  domainsApart,
  closedEndpointsHaveADomain,
  webAclsOfTheRegion,
  corsCredentialsNameOrigins,
  usagePlansCountSomeone,
  routesNameKnownApis,
  workloadRoutesHaveTheController,
  methodsApart,
  exactRoutesHideNoPrefix,
  listenersApart,
  backendNamesApart,
  proxiedRoutesHaveNoListener,
  proxiedRoutesFitOneProxy,
  timeoutsWithinQuota,
  authorizersOfTheApiType,
  apiKeysHaveAPlan,
  integrationsOfTheApiType,
  pathsNotReserved,
];

/** What stops nothing and a reader should know all the same. */
export const warners: readonly Warner[] = [
  keptPastEnd,
  endsSoon,
  imagesWithoutNat,
  kube2iamHasASuccessor,
  egressLeftOpen,
];

/** Rules across the environments that are read together. */
export const acrossFiles: readonly RuleAcrossFiles[] = [environmentsApart, meshesApart];
