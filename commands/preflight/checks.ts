import type { Check } from "./check";
import { apiServer } from "./checks/api-server";
import { awsCli } from "./checks/aws-cli";
import { caller } from "./checks/caller";
import { certificates } from "./checks/certificates";
import { charts } from "./checks/charts";
import { credentials } from "./checks/credentials";
import { dnsZones } from "./checks/dns-zones";
import { images } from "./checks/images";
import { instanceTypes } from "./checks/instance-types";
import { kubernetesVersion } from "./checks/kubernetes-version";
import { locks } from "./checks/locks";
import { principals } from "./checks/principals";
import { quotas } from "./checks/quotas";
import { region } from "./checks/region";
import { serviceLinkedRoles } from "./checks/service-linked-roles";
import { stateBucket } from "./checks/state-bucket";
import { support } from "./checks/support";
import { terraform } from "./checks/terraform";
import { upgradeInsights } from "./checks/upgrade-insights";
import { webAcls } from "./checks/web-acls";
import { zones } from "./checks/zones";

/** Everything that is looked at before an apply, in the order it is reported. */
export const checks: readonly Check[] = [
  terraform,
  awsCli,
  credentials,
  region,
  caller,
  principals,
  stateBucket,
  locks,
  zones,
  instanceTypes,
  quotas,
  serviceLinkedRoles,
  dnsZones,
  certificates,
  webAcls,
  kubernetesVersion,
  upgradeInsights,
  apiServer,
  charts,
  images,
  support,
];
