import {
  envoysSignIn,
  envoysSignInOnFargate,
  namespaceAdmitsTheInjected,
  namespaceLabelledForTheMesh,
  namespaceOfItsOwn,
  podsLetTheInjectorWork,
  servicePortIsTheContainers,
} from "./app-mesh";
import {
  gatewayCertificateAtHand,
  gatewayHasItsLoadBalancer,
  gatewayHasItsSubnets,
  gatewayPortFree,
  gatewayPrefixesUnique,
  gatewayRoutesLeadSomewhere,
  gatewayRunsSomewhere,
} from "./gateway";
import {
  albChecksTheVersions,
  albTakesThePrefixes,
  albTakesTheVersions,
  latticeCarriesTheProtocol,
  latticeTakesTheNames,
  tlsFitsTheMesh,
} from "./lattice";
import { backendsExist, membersExist, membersInTheNamespace, membersOnce } from "./members";
import type { MeshRule } from "./rule";
import {
  gatewaySelectsItsPods,
  serviceSelectsItsVersions,
  versionsListenAlike,
  versionsShareALabel,
} from "./selectors";
import { somebodyAnswers, versionsCountable, weightsWithinLimits } from "./weights";

/** Rules of a mesh, in the order their problems are reported. */
export const meshRules: readonly MeshRule[] = [
  membersExist,
  membersInTheNamespace,
  membersOnce,
  backendsExist,
  versionsCountable,
  somebodyAnswers,
  weightsWithinLimits,
  versionsShareALabel,
  serviceSelectsItsVersions,
  versionsListenAlike,
  gatewaySelectsItsPods,
  gatewayRoutesLeadSomewhere,
  gatewayPrefixesUnique,
  gatewayPortFree,
  gatewayHasItsLoadBalancer,
  gatewayHasItsSubnets,
  gatewayCertificateAtHand,
  gatewayRunsSomewhere,
  namespaceOfItsOwn,
  namespaceLabelledForTheMesh,
  namespaceAdmitsTheInjected,
  servicePortIsTheContainers,
  podsLetTheInjectorWork,
  envoysSignIn,
  envoysSignInOnFargate,
  latticeCarriesTheProtocol,
  tlsFitsTheMesh,
  latticeTakesTheNames,
  albTakesTheVersions,
  albChecksTheVersions,
  albTakesThePrefixes,
];
