import type { Rule } from "../../schema/rule";
import type { DeclaredApiRoutes } from "../declared-routes";
import {
  apisHaveRoutes,
  clientsSign,
  clientUsersExist,
  closedEndpointsHaveADomain,
  corsCredentialsNameOrigins,
  domainCertificatesWhereTheyAreUsed,
  domainsInKnownZones,
  domainsOnPublicApis,
  privateApisHaveEndpoints,
  webAclsOfTheRegion,
} from "./apis";
import {
  listenersUnique,
  oneListenerAWorkload,
  proxiedPathsUnique,
  proxiedRoutesHaveNoListener,
  proxiedRoutesShareANamespace,
} from "./listeners";
import {
  apiKeysHaveAPlan,
  authorizersOfTheApiType,
  exactRoutesHideNoPrefix,
  integrationsOfTheApiType,
  methodsUnique,
  pathsNotReserved,
  routesNameKnownApis,
  timeoutsWithinQuota,
  usagePlansCountSomeone,
  workloadRoutesHaveTheController,
} from "./routes";

/** Rules of APIs and of the routes through them, in the order their problems are reported. */
export const apiGatewayRules: readonly Rule<DeclaredApiRoutes>[] = [
  apisHaveRoutes,
  privateApisHaveEndpoints,
  clientUsersExist,
  clientsSign,
  domainsOnPublicApis,
  domainsInKnownZones,
  domainCertificatesWhereTheyAreUsed,
  closedEndpointsHaveADomain,
  webAclsOfTheRegion,
  corsCredentialsNameOrigins,
  usagePlansCountSomeone,
  routesNameKnownApis,
  workloadRoutesHaveTheController,
  methodsUnique,
  exactRoutesHideNoPrefix,
  listenersUnique,
  oneListenerAWorkload,
  proxiedRoutesHaveNoListener,
  proxiedRoutesShareANamespace,
  proxiedPathsUnique,
  timeoutsWithinQuota,
  authorizersOfTheApiType,
  apiKeysHaveAPlan,
  integrationsOfTheApiType,
  pathsNotReserved,
];
