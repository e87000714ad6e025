import type { Construct } from "constructs";
import { Cluster } from "../modules/cluster/cluster";
import { Zones } from "../modules/dns/zones";
import { makeNetwork } from "../modules/network/network";
import { Registry } from "../modules/registry/registry";
import type { Published } from "../modules/state/contract";
import type { Environment } from "../platform/environment";
import { clusterContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** Network, EKS, nodes, add-ons, ECR and DNS zones. */
export class ClusterStack extends EnvironmentStack {
  readonly outputs: Published<typeof clusterContract.outputs>;

  constructor(scope: Construct, environment: Environment) {
    super(scope, "cluster", environment);
    // Terraform reads past this; whoever reviews the JSON alone finds there what is let pass.
    if (Object.keys(environment.waivers).length > 0) this.addOverride("//.waivers", environment.waivers);
    const vpc = makeNetwork(this, "network", {
      environmentName: environment.name,
      clusterName: environment.cluster.name,
      aws: environment.aws,
      network: environment.network,
    });
    const cluster = new Cluster(this, "cluster", {
      environmentName: environment.name,
      aws: environment.aws,
      cluster: environment.cluster,
      network: { ...vpc, zones: environment.network.kind === "create" ? environment.network.zones : [] },
      // Written out, since the roles come later: they trust the node role that is made here.
      kube2iamRoleArns: Object.keys(environment.identity.kube2iamRoles).map(
        (role) =>
          `arn:${environment.aws.partition}:iam::${environment.aws.accountId}:role${environment.aws.iam.path}${role}`,
      ),
    });
    const registry = new Registry(this, "registry", { repositories: environment.registry.repositories });
    const zones = new Zones(this, "zone", { zones: environment.dns.zones });
    this.outputs = this.publish(clusterContract, {
      cluster_name: cluster.name,
      cluster_arn: cluster.arn,
      cluster_endpoint: cluster.endpoint,
      cluster_certificate_authority: cluster.certificateAuthority,
      cluster_security_group_id: cluster.securityGroupId,
      oidc_issuer_url: cluster.oidcIssuerUrl,
      oidc_issuer: cluster.oidcIssuer,
      node_role_arn: cluster.nodeRoleArn,
      vpc_id: vpc.vpcId,
      vpc_cidr: vpc.cidr,
      public_subnet_ids: vpc.publicSubnetIds,
      private_subnet_ids: vpc.privateSubnetIds,
      repository_urls: registry.urls,
      zone_ids: zones.ids,
      zone_name_servers: zones.nameServers,
    });
  }
}
