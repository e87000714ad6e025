import { apiGatewayRules } from "../../modules/api-gateway/rules/rules";
import { callerRules } from "../../modules/callers/rules";
import { certificateRules } from "../../modules/certificates/rules";
import { clusterRules } from "../../modules/cluster/rules/rules";
import { gatewayRules } from "../../modules/gateway/rules/rules";
import {
  manifestObjectsUnique,
  manifestsHoldNoSecrets,
  manifestsMakeNoNamespaces,
} from "../../modules/manifests/rules";
import { networkRules } from "../../modules/network/rules";
import { waiversNamePolicies } from "../../modules/policies/rules";
import { roleArnsHaveARole, valuesHoldNoSecrets } from "../../modules/releases/rules";
import { albGroupsAgree } from "../../modules/routes/alb/rules";
import { nginxHostsHaveOneCertificate } from "../../modules/routes/nginx/rules";
import { stateRules } from "../../modules/state/rules";
import { workloadRules } from "../../modules/workloads/rules/rules";
import { addressesUnique } from "./addresses";
import { associationRoleNames, associationsHaveTheAgent, associationsUnique } from "./associations";
import { arnsOfThisAccount, arnsOfThisPartition, keysOfThisRegion, partitionOfRegion } from "./aws";
import { canariesAreNeighbours } from "./canaries";
import { certificatesCoverTheirHosts, certificatesKnown, edgeCertificatesArePublic } from "./certificates";
import { digestsAreOfCharts, f5SchemaBesideTheMirror } from "./charts";
import { clientSecretsAreReadable } from "./client-secrets";
import { privateEndpointReached, someGroupHasNodes, someNodesUntainted, somethingRunsPods } from "./cluster";
import { loadBalancersAreMade } from "./controllers";
import { elasticIpsWithinQuota } from "./elastic-ips";
import { emissaryAsksWorkloads } from "./emissary";
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
import { issuersHaveZones, issuersOfRoutesFit } from "./issuers";
import { kube2iamHasASuccessor, kube2iamHasNodes, kube2iamHasOurNodeRole, kube2iamRolesHaveNoPath } from "./kube2iam";
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
import { callsLeadSomewhere, networkPoliciesAreEnforced, policiesHoldNotEverywhere } from "./network-policies";
import { nodeSubnetsAreOfTheNetwork } from "./node-subnets";
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
import {
  addressesOfRunsUnknown,
  execHasTheAwsCli,
  organizationsAgree,
  privateEndpointReachedByRuns,
  runRolesAssumeNoOther,
  runsHaveTheirTerraform,
} from "./runs";
import { assumedRoleSignsIn, principalsOfThisAccount, someoneSignsIn } from "./sign-in";
import { jobsHaveNoDoors, storageClassesHaveTheirDriver, volumesHaveAClass, volumesNotOnFargate } from "./storage";
import {
  certificateIsChosen,
  clearText,
  clearTextIsMeant,
  hstsComesByTls,
  nginxBehindTlsPresentsNothing,
  tlsIsChosenOnce,
} from "./tls";
import { clientCertificatesComeByTls, mutualTlsHasNoWayAround, trustStoresKnown } from "./trust-stores";
import { webAclsKnown } from "./web-acls";
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
  runsHaveTheirTerraform,
  runRolesAssumeNoOther,
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
  privateEndpointReachedByRuns,
  execHasTheAwsCli,
  somethingRunsPods,
  someGroupHasNodes,
  nodeSubnetsAreOfTheNetwork,
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
  kube2iamHasOurNodeRole,
  kube2iamRolesHaveNoPath,
  loadBalancersAreMade,
  publicSubnetsForWhatIsPublic,
  releaseNames,
  jobsHaveNoDoors,
  storageClassesHaveTheirDriver,
  volumesHaveAClass,
  volumesNotOnFargate,
  releaseRoleNames,
  associationRoleNames,
  associationsUnique,
  associationsHaveTheAgent,
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
  digestsAreOfCharts,
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
  nginxBehindTlsPresentsNothing,
  ...certificateRules,
  ...callerRules,
  clientSecretsAreReadable,
  emissaryAsksWorkloads,
  issuersHaveZones,
  issuersOfRoutesFit,
  webAclsKnown,
  networkPoliciesAreEnforced,
  callsLeadSomewhere,
  trustStoresKnown,
  clientCertificatesComeByTls,
  mutualTlsHasNoWayAround,
  certificateIsChosen,
  tlsIsChosenOnce,
  certificatesKnown,
  certificatesCoverTheirHosts,
  edgeCertificatesArePublic,
  clearTextIsMeant,
  hstsComesByTls,
  externalDnsHasZones,
  recordsHaveAHost,
  recordsLieInTheirZone,
  recordsHaveExternalDns,
  recordsOfAHostAgree,
  gatewayNamespacesUnique,
  gatewaysHavePublicSubnets,
  ...gatewayRules,
  canariesAreNeighbours,
  meshProblems,
  meshObjectsUnique,
  ...apiGatewayRules,
  waiversNamePolicies,
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
  clearText,
  policiesHoldNotEverywhere,
  addressesOfRunsUnknown,
];

/** Rules across the environments that are read together. */
export const acrossFiles: readonly RuleAcrossFiles[] = [namesInAwsUnique, organizationsAgree];
