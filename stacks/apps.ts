import { Construct } from "constructs";
import { makeApis } from "../modules/api-gateway/apis";
import type { Environment } from "../modules/config/environment";
import { makeMesh } from "../modules/mesh/make";
import { membersOf } from "../modules/mesh/members";
import type { RouteTarget } from "../modules/routes/door";
import { makeRoute } from "../modules/routes/make";
import { Namespaces } from "../modules/workloads/namespaces";
import { WorkloadResources } from "../modules/workloads/workload";
import { appsContract, clusterContract, controllersContract, identityContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** Workloads, and the doors that lead to them. */
export class AppsStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "apps", environment);
    const cluster = this.read(clusterContract);
    const identity = this.read(identityContract);
    this.read(controllersContract);
    this.signInToCluster(cluster);
    const namespaces = new Namespaces(this, "namespaces", {
      namespaces: environment.namespaces,
      workloads: environment.workloads,
    });
    const { mesh } = environment;
    const members = mesh === undefined ? [] : membersOf(mesh).map(({ workload }) => workload);
    const madeMesh =
      mesh === undefined
        ? undefined
        : makeMesh(new Construct(this, "mesh"), {
            mesh,
            workloads: environment.workloads,
            aws: environment.aws,
            proxyRoleArn:
              environment.identity.workloads === "irsa" && mesh.kind === "app-mesh"
                ? identity.mesh_role_arns.get(mesh.proxyServiceAccount)
                : undefined,
            dependsOn: namespaces.of(mesh.namespace),
          });
    const targets = new Map<string, RouteTarget>();
    for (const [name, workload] of Object.entries(environment.workloads)) {
      const { target } = new WorkloadResources(new Construct(this, name), "Resource", {
        name,
        workload,
        region: environment.aws.region,
        repositoryUrl: (repository) => cluster.repository_urls.get(repository),
        roleArn:
          environment.identity.workloads === "irsa" && workload.aws.kind === "role"
            ? identity.workload_role_arns.get(name)
            : undefined,
        dependsOn: [
          ...namespaces.of(workload.namespace),
          ...(members.includes(name) ? (madeMesh?.beforeMembers ?? []) : []),
        ],
      });
      targets.set(name, target);
    }
    const apis = makeApis(this, {
      environment: environment.name,
      region: environment.aws.region,
      partition: environment.aws.partition,
      network: {
        vpcId: cluster.vpc_id,
        vpcCidr: cluster.vpc_cidr,
        privateSubnetIds: cluster.private_subnet_ids.all,
      },
      apis: environment.apis,
      apiGateway: environment.apiGateway,
      workloads: environment.workloads,
      targets,
      zoneId: (zone) => cluster.zone_ids.get(zone),
      userArn: (user) => identity.user_arns.get(user),
    });
    const doors: Record<string, string> = {
      ...madeMesh?.finish([...targets].filter(([name]) => members.includes(name)).map(([, { ready }]) => ready)),
    };
    for (const [name, target] of targets) {
      const home = this.node.findChild(name);
      for (const route of environment.workloads[name]?.routes ?? []) {
        const id = route.name === undefined ? route.kind : `${route.kind}_${route.name}`;
        doors[`${name}/${id.replace("_", "/")}`] = makeRoute(new Construct(home, id), route.kind, route, target, {
          environment: environment.name,
          network: { vpcId: cluster.vpc_id, publicSubnetCount: this.publicSubnetCount },
          apiAddress: apis.address,
        }).address;
      }
    }
    this.publish(appsContract, { doors, invoke_urls: apis.invokeUrls, usage_plan_ids: apis.usagePlanIds });
  }
}
