import type { Construct } from "constructs";
import { autoNodeRoleName } from "../modules/cluster/auto-mode";
import { onFargate } from "../modules/cluster/fargate-selection";
import { NodePools } from "../modules/cluster/node-pools";
import { localZoneIds } from "../modules/dns/zone-ids";
import { components } from "../modules/lifecycle/components";
import type { Published, Read } from "../modules/state/contract";
import type { PodSecurityStandard } from "../modules/workloads/pod-security";
import type { Environment } from "../platform/environment";
import {
  controllerComponents,
  controllerHasRole,
  controllerNamespaces,
  installControllers,
} from "../platform/install-controllers";
import { installOthers } from "../platform/install-others";
import { clusterContract, controllersContract, identityContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** The weakest that a release in a namespace asks for. */
function standardOf(releases: Environment["releases"], namespace: string): PodSecurityStandard {
  const asked = Object.values(releases).filter((release) => release.namespace === namespace);
  const standards = ["privileged", "baseline"] as const;
  return standards.find((standard) => asked.some(({ podSecurity }) => podSecurity === standard)) ?? "restricted";
}

/** Everything that watches the cluster. */
export class ControllersStack extends EnvironmentStack {
  readonly outputs: Published<typeof controllersContract.outputs>;
  readonly cluster: Read<typeof clusterContract.outputs>;
  readonly identity: Read<typeof identityContract.outputs>;

  constructor(scope: Construct, environment: Environment) {
    super(scope, "controllers", environment);
    const { aws, controllers } = environment;
    const cluster = this.read(clusterContract);
    const identity = this.read(identityContract);
    this.cluster = cluster;
    this.identity = identity;
    this.signInToCluster(cluster);
    const namespaces = controllerNamespaces(this, controllers);
    const { autoMode } = environment.cluster;
    const nodePools = new NodePools(this, "node-pools", {
      pools: autoMode.kind === "on" ? autoMode.ownNodePools : {},
      roleName: autoNodeRoleName(environment.name),
      subnetIds: this.subnetsOf(cluster).privateSubnetIds,
      securityGroupId: cluster.cluster_security_group_id,
    }).ready;
    const installed = installControllers(this, controllers, namespaces, {
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
      nodesReady: nodePools,
      roleArnOf: (name) =>
        environment.identity.workloads === "irsa" && controllerHasRole(name, controllers)
          ? identity.controller_role_arns.get(name)
          : undefined,
    });
    const irsa = environment.identity.workloads === "irsa";
    installOthers(this, environment, {
      facts: {
        "cluster-name": cluster.cluster_name,
        "cluster-arn": cluster.cluster_arn,
        "cluster-endpoint": cluster.cluster_endpoint,
        "cluster-security-group-id": cluster.cluster_security_group_id,
        "oidc-issuer-url": cluster.oidc_issuer_url,
        "vpc-id": cluster.vpc_id,
        region: aws.region,
        "account-id": aws.accountId,
      },
      annotated: irsa,
      chartMirror: environment.charts.mirror,
      roleArnOf: (release) => identity.release_role_arns.get(release),
      namespace: (name) => [...namespaces.of(name, standardOf(environment.releases, name)), ...nodePools],
      controller: (name) => [...installed].find(([other]) => other === name)?.[1].ready,
    });
    if (Object.values(environment.releases).some(({ secretValues }) => Object.keys(secretValues).length > 0)) {
      this.needEphemeral();
    }
    this.outputs = this.publish(controllersContract, {
      releases: Object.fromEntries(
        [...installed.keys()]
          .flatMap((name) => controllerComponents(name, controllers))
          .map((component) => [components[component].chart, components[component].version]),
      ),
      other_releases: Object.fromEntries(
        Object.entries(environment.releases).map(([name, { chart }]) => [name, chart.version]),
      ),
      ambassador_addresses: installed.get("emissary")?.addresses ?? [],
    });
  }
}
