import type { Construct } from "constructs";
import { onFargate } from "../modules/cluster/fargate-selection";
import { localZoneIds } from "../modules/dns/zone-ids";
import { components } from "../modules/lifecycle/components";
import type { Environment } from "../platform/environment";
import { controllerComponents, controllerHasRole, installControllers } from "../platform/install-controllers";
import { clusterContract, controllersContract, identityContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** Everything that watches the cluster. */
export class ControllersStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "controllers", environment);
    const { aws, controllers } = environment;
    const cluster = this.read(clusterContract);
    const identity = this.read(identityContract);
    this.signInToCluster(cluster);
    const installed = installControllers(this, controllers, {
      environment: environment.name,
      aws,
      cluster: { name: cluster.cluster_name, securityGroupId: cluster.cluster_security_group_id },
      network: { vpcId: cluster.vpc_id, ...this.subnetsOf(cluster) },
      zoneId: localZoneIds(this, (domain) => cluster.zone_ids.get(domain)),
      balancers: this.balancerSettings(identity),
      certificateArn: this.issuedCertificates(identity).arn,
      domains: Object.keys(environment.dns.zones),
      chartMirror: environment.charts.mirror,
      onFargate: (namespace) => onFargate(environment.cluster, { namespace }),
      roleArnOf: (name) =>
        environment.identity.workloads === "irsa" && controllerHasRole(name, controllers)
          ? identity.controller_role_arns.get(name)
          : undefined,
    });
    this.publish(controllersContract, {
      releases: Object.fromEntries(
        [...installed.keys()]
          .flatMap((name) => controllerComponents(name, controllers))
          .map((component) => [components[component].chart, components[component].version]),
      ),
      ambassador_addresses: installed.get("emissary")?.addresses ?? [],
    });
  }
}
