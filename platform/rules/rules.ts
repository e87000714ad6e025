import { apiGatewayRules } from "../../modules/api-gateway/rules/rules";
import { clusterRules } from "../../modules/cluster/rules/rules";
import { gatewayRules } from "../../modules/gateway/rules/rules";
import {
  manifestObjectsUnique,
  manifestsHoldNoSecrets,
  manifestsMakeNoNamespaces,
} from "../../modules/manifests/rules";
import { networkRules } from "../../modules/network/rules";
import { roleArnsHaveARole, valuesHoldNoSecrets } from "../../modules/releases/rules";
import { albGroupsAgree } from "../../modules/routes/alb/rules";
import { nginxHostsHaveOneCertificate } from "../../modules/routes/nginx/rules";
import { stateRules } from "../../modules/state/rules";
import { workloadRules } from "../../modules/workloads/rules/rules";
import { addressesUnique } from "./addresses";
import { arnsOfThisAccount, arnsOfThisPartition, keysOfThisRegion, partitionOfRegion } from "./aws";
import { f5SchemaBesideTheMirror } from "./charts";
import { privateEndpointReached, someGroupHasNodes, someNodesUntainted, somethingRunsPods } from "./cluster";
import { loadBalancersAreMade } from "./controllers";
import { elasticIpsWithinQuota } from "./elastic-ips";
import { namesInAwsUnique } from "./environments";
import { fargatePodsUnprivileged, fargateRunsAddons, fargateSelectsEveryPod } from "./fargate";
import { gatewayNamespacesUnique, gatewaysHavePublicSubnets } from "./gateways";
import {
  addonRolesHaveTheAgent,
  kube2iamNotOnFargate,
  podIdentityHasItsAgent,
  podIdentityNotOnFargate,
} from "./identity";
import { installationsWaitForWhatIsThere, otherReleasesUnique } from "./installations";
import { kube2iamHasASuccessor, kube2iamHasNodes } from "./kube2iam";
import {
  componentsClaimVersion,
  componentsMaintained,
  endsSoon,
  keptPastEnd,
  kubernetesSupported,
  releasesEndSoon,
} from "./lifecycle";
import { egressLeftOpen, meshProblems } from "./mesh";
import { meshObjectsUnique } from "./mesh-names";
import {
  emissaryServicesUnique,
  keysHoldNoTemplates,
  nameOfTheFile,
  releaseNames,
  releaseRoleNames,
  workloadRoleNames,
} from "./names";
import { namespacesOfOurOwn } from "./namespaces";
import { imagesWithoutNat, serviceNetworkOutsideTheVpc } from "./network";
import { publicSubnetsForWhatIsPublic } from "./public-subnets";
import {
  externalDnsHasZones,
  recordsHaveAHost,
  recordsHaveExternalDns,
  recordsLieInTheirZone,
  recordsOfAHostAgree,
} from "./records";
import { routesToldApart } from "./route-ids";
import { routeArnsFit, routesFitTheirDoors, routesHaveTheirControllers, routesUnique } from "./routes";
import type { Rule, RuleAcrossFiles, Warner } from "./rule";
import { assumedRoleSignsIn, principalsOfThisAccount, someoneSignsIn } from "./sign-in";
import { objectNamesUnique } from "./workload-names";
import { imagesFromKnownRepositories, kube2iamHandsOutRoles } from "./workloads";

/**
 * Rules that an environment has to keep beyond its schema, in the order their problems are reported: each feature's over
 * itself, and those that hold features against each other.
 */
export const rules: readonly Rule[] = [
  nameOfTheFile,
  keysHoldNoTemplates,
  addressesUnique,
  partitionOfRegion,
  arnsOfThisPartition,
  arnsOfThisAccount,
  keysOfThisRegion,
  ...stateRules,
  serviceNetworkOutsideTheVpc,
  ...networkRules,
  kubernetesSupported,
  componentsClaimVersion,
  componentsMaintained,
  ...clusterRules,
  someoneSignsIn,
  principalsOfThisAccount,
  assumedRoleSignsIn,
  privateEndpointReached,
  somethingRunsPods,
  someGroupHasNodes,
  someNodesUntainted,
  fargateRunsAddons,
  fargateSelectsEveryPod,
  fargatePodsUnprivileged,
  podIdentityNotOnFargate,
  podIdentityHasItsAgent,
  addonRolesHaveTheAgent,
  kube2iamNotOnFargate,
  kube2iamHandsOutRoles,
  kube2iamHasNodes,
  loadBalancersAreMade,
  publicSubnetsForWhatIsPublic,
  releaseNames,
  releaseRoleNames,
  emissaryServicesUnique,
  workloadRoleNames,
  imagesFromKnownRepositories,
  ...workloadRules,
  objectNamesUnique,
  roleArnsHaveARole,
  valuesHoldNoSecrets,
  manifestsHoldNoSecrets,
  manifestsMakeNoNamespaces,
  manifestObjectsUnique,
  installationsWaitForWhatIsThere,
  otherReleasesUnique,
  namespacesOfOurOwn,
  routesFitTheirDoors,
  albGroupsAgree,
  routesHaveTheirControllers,
  routesUnique,
  routesToldApart,
  routeArnsFit,
  nginxHostsHaveOneCertificate,
  externalDnsHasZones,
  recordsHaveAHost,
  recordsLieInTheirZone,
  recordsHaveExternalDns,
  recordsOfAHostAgree,
  gatewayNamespacesUnique,
  gatewaysHavePublicSubnets,
  ...gatewayRules,
  meshProblems,
  meshObjectsUnique,
  ...apiGatewayRules,
];

/** What stops nothing and a reader should know all the same. */
export const warners: readonly Warner[] = [
  keptPastEnd,
  endsSoon,
  releasesEndSoon,
  elasticIpsWithinQuota,
  imagesWithoutNat,
  f5SchemaBesideTheMirror,
  kube2iamHasASuccessor,
  egressLeftOpen,
];

/** Rules across the environments that are read together. */
export const acrossFiles: readonly RuleAcrossFiles[] = [namesInAwsUnique];
