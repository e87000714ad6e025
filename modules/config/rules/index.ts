import { workloadProblems } from "../../workloads/rules";
import { ackApiNamesApart } from "./ack";
import { ebsDriverHasPermissions } from "./addons";
import {
  backendNamesApart,
  listenersApart,
  proxiedRoutesFitOneProxy,
  proxiedRoutesHaveNoListener,
} from "./api-listeners";
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
} from "./api-routes";
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
} from "./apis";
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
import { gatewayRoutesFitTheirGateway, nlbListenersHaveOneRoute, routesNameKnownGateways } from "./gateway-routes";
import {
  gatewayArnsFit,
  gatewayListenersApart,
  gatewayNamespacesApart,
  gatewaysHavePublicSubnets,
  gatewaysHaveTheirControllers,
} from "./gateways";
import { kube2iamNotOnFargate, podIdentityHasItsAgent, podIdentityNotOnFargate } from "./identity";
import { kube2iamHasASuccessor, kube2iamHasNodes } from "./kube2iam";
import { componentsAlive, componentsClaimVersion, endsSoon, keptPastEnd, kubernetesSupported } from "./lifecycle";
import { egressLeftOpen, meshesApart, meshProblems } from "./mesh";
import { emissaryServicesApart, keysHoldNoTemplates, nameOfTheFile, releaseNames, workloadRoleNames } from "./names";
import { endpointsWithoutNat, imagesWithoutNat, serviceNetworkApart, subnetsOfOneKind } from "./network";
import { nginxHostsHaveOneCertificate } from "./nginx";
import { instanceTypesFitImage, nodeGroupSizesInOrder, nodeLabelsNotReserved } from "./nodes";
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
import { bucketNameAllowed, stateKeyRelative } from "./state";
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
