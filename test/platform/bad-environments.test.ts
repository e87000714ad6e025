import { describe } from "vitest";
import { wrongAccountRules } from "./wrong/account-rules";
import { wrongAnythingElse } from "./wrong/anything-else";
import { wrongClusterRules } from "./wrong/cluster-rules";
import { wrongClusterValues } from "./wrong/cluster-values";
import { wrongEnvironmentValues } from "./wrong/environment-values";
import { wrongFargate } from "./wrong/fargate";
import { wrongKeys } from "./wrong/keys";
import { wrongNetworkRules } from "./wrong/network-rules";
import { wrongNodeGroups } from "./wrong/node-groups";
import { wrongRouteRules } from "./wrong/route-rules";
import { wrongRuns } from "./wrong/runs";
import { wrongWaivers } from "./wrong/waivers";
import { wrongWholeCluster } from "./wrong/whole-cluster";
import { wrongWholeWorkloads } from "./wrong/whole-workloads";
import { wrongWorkloadRules } from "./wrong/workload-rules";
import { wrongWorkloadValues } from "./wrong/workload-values";
import { itReportsEach } from "./wrong-environments";

describe.each([
  ["keys", wrongKeys],
  ["values of an environment", wrongEnvironmentValues],
  ["values of a cluster", wrongClusterValues],
  ["values of a workload", wrongWorkloadValues],
  ["account, region and state", wrongAccountRules],
  ["runs in Terraform Cloud", wrongRuns],
  ["network", wrongNetworkRules],
  ["cluster", wrongClusterRules],
  ["control plane, access and associations", wrongWholeCluster],
  ["Fargate and identity", wrongFargate],
  ["node groups", wrongNodeGroups],
  ["what the project knows nothing of", wrongAnythingElse],
  ["waivers", wrongWaivers],
  ["workloads", wrongWorkloadRules],
  ["StatefulSets, Jobs and more of pods", wrongWholeWorkloads],
  ["routes", wrongRouteRules],
])("a wrong environment: %s", (_topic, table) => {
  itReportsEach(table);
});
