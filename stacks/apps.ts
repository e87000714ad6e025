import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CertificateArn } from "../modules/certificates/issued";
import { Hosts } from "../modules/dns/hosts";
import type { DoorContext } from "../modules/door/door";
import { gatewayNamespaces } from "../modules/gateway/gateways";
import { identityOf } from "../modules/manifests/objects";
import type { MadeMesh } from "../modules/mesh/made-mesh";
import { makeMesh } from "../modules/mesh/make";
import { membersOf } from "../modules/mesh/members";
import { planSubnets } from "../modules/network/subnets";
import { NetworkPolicies } from "../modules/network-policies/policies";
import { PushedImages } from "../modules/registry/pushed-images";
import type { Published, Read } from "../modules/state/contract";
import { StorageClasses } from "../modules/storage/storage-classes";
import { movedFrom } from "../modules/terraform/moved";
import { imagesOf } from "../modules/workloads/image";
import { Namespaces } from "../modules/workloads/namespaces";
import type { RouteTarget } from "../modules/workloads/route-target";
import { WorkloadResources } from "../modules/workloads/workload";
import { type BalancedPods, balancedPods } from "../platform/balanced-pods";
import { type BalancerSubnets, connectionsOf } from "../platform/connections";
import type { Environment } from "../platform/environment";
import { makeManifest } from "../platform/install-others";
import { MadeRoutes, routeId, routesWithFacts } from "../platform/route";
import { appsContract, clusterContract, controllersContract, identityContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** Workloads, and the doors that lead to them. */
export class AppsStack extends EnvironmentStack {
  readonly outputs: Published<typeof appsContract.outputs>;
  readonly cluster: Read<typeof clusterContract.outputs>;
  readonly identity: Read<typeof identityContract.outputs>;
  readonly namespaces: Namespaces;
  private readonly certificateArn: CertificateArn;
  private readonly balanced: BalancedPods;
  /** Workloads stand below a scope of their own, so that none of their names meets one of the stack's. */
  private readonly workloadScope: Construct;

  constructor(scope: Construct, environment: Environment) {
    super(scope, "apps", environment);
    this.cluster = this.read(clusterContract);
    this.identity = this.read(identityContract);
    this.read(controllersContract);
    this.signInToCluster(this.cluster);
    new PushedImages(this, "push-with-foundry-images", {
      accountId: environment.aws.accountId,
      images: Object.values(environment.workloads)
        .flatMap(imagesOf)
        .flatMap((image) => ("repository" in image ? [image] : [])),
    });
    this.balanced = balancedPods(environment);
    this.namespaces = new Namespaces(this, "namespaces", {
      namespaces: { ...gatewayNamespaces(environment), ...environment.namespaces },
      workloads: environment.workloads,
      balanced: this.balanced.namespaces,
    });
    this.certificateArn = this.issuedCertificates(this.identity).arn;
    this.workloadScope = new Construct(this, "workload");
    const mesh = this.makeMesh();
    const { ready: classes } = new StorageClasses(this, "storage-class", {
      classes: environment.storageClasses,
      autoMode: environment.cluster.autoMode.kind === "on",
    });
    const before = [...this.makeManifests(), ...classes];
    const targets = this.makeWorkloads(mesh, before);
    const routes = new MadeRoutes(this, environment, this.doorContext(targets));
    const apis = routes.of("api-gateway");
    const doors = { ...this.finishMesh(mesh, targets), ...this.makeDoors(targets, routes) };
    this.moveRenamed();
    if (environment.networkPolicies === "from-routes") {
      new NetworkPolicies(this, "network-policy", {
        connections: connectionsOf(environment, this.balancerSubnets()),
        namespace: (name) => this.namespaces.of(name),
      });
    }
    this.outputs = this.publish(appsContract, {
      doors,
      invoke_urls: apis.invokeUrls,
      usage_plan_ids: apis.usagePlanIds,
    });
  }

  private get meshMembers(): readonly string[] {
    const { mesh } = this.environment;
    return mesh === undefined ? [] : membersOf(mesh).map(({ workload }) => workload);
  }

  private makeMesh(): MadeMesh | undefined {
    const { mesh, workloads, aws, identity } = this.environment;
    if (mesh === undefined) return undefined;
    return makeMesh(new Construct(this, "mesh"), {
      mesh,
      workloads,
      aws,
      balancers: this.balancerSettings(this.identity),
      certificateArn: mesh.gateway === undefined ? undefined : this.certificateArn(mesh.gateway),
      network: this.subnetsOf(this.cluster),
      proxyRoleArn:
        identity.workloads === "irsa" && mesh.kind === "app-mesh"
          ? this.identity.mesh_role_arns.get(mesh.proxyServiceAccount)
          : undefined,
      dependsOn: this.namespaces.of(mesh.namespace),
    });
  }

  /** The mesh's own doors, which open when its members' pods are there. */
  private finishMesh(
    mesh: MadeMesh | undefined,
    targets: ReadonlyMap<string, RouteTarget>,
  ): Readonly<Record<string, string>> {
    const members = [...targets].filter(([name]) => this.meshMembers.includes(name));
    return mesh?.finish(members.map(([, { ready }]) => ready)) ?? {};
  }

  /** Objects of the environment's own; workloads come after them, for they may name them. */
  private makeManifests(): readonly ITerraformDependable[] {
    const scope = new Construct(this, "manifest");
    return Object.entries(this.environment.manifests)
      .filter(([, { stack }]) => stack === "apps")
      .map(([name, manifest]) => {
        const named = manifest.objects.map((object) => identityOf(object).namespace ?? manifest.namespace);
        const namespaces = new Set([manifest.namespace, ...named]);
        return makeManifest(
          scope,
          name,
          manifest,
          [...namespaces].flatMap((namespace) => this.namespaces.of(namespace)),
        );
      });
  }

  private makeWorkloads(
    mesh: MadeMesh | undefined,
    before: readonly ITerraformDependable[],
  ): ReadonlyMap<string, RouteTarget> {
    const { workloads, aws, identity } = this.environment;
    const targets = new Map<string, RouteTarget>();
    for (const [name, workload] of Object.entries(workloads)) {
      const beforeMembers = this.meshMembers.includes(name) ? (mesh?.beforeMembers ?? []) : [];
      const { target } = new WorkloadResources(new Construct(this.workloadScope, name), "Resource", {
        name,
        workload,
        region: aws.region,
        podsAreTargets: this.balanced.workloads.has(name),
        repositoryUrl: (repository) => this.cluster.repository_urls.get(repository),
        roleArn:
          identity.workloads === "irsa" && workload.aws.kind === "role"
            ? this.identity.workload_role_arns.get(name)
            : undefined,
        dependsOn: [...this.namespaces.of(workload.namespace), ...before, ...beforeMembers],
      });
      targets.set(name, target);
    }
    return targets;
  }

  private makeDoors(targets: ReadonlyMap<string, RouteTarget>, routes: MadeRoutes): Readonly<Record<string, string>> {
    const doors: Record<string, string> = {};
    for (const { owner, route, facts } of routesWithFacts(this.environment)) {
      const { name } = owner;
      const target = targets.get(name);
      if (target === undefined) continue;
      const scope = new Construct(this.workloadScope.node.findChild(name), routeId(route, facts));
      const door = routes.make(scope, route, target);
      const key = `${name}/${route.kind}/${route.name ?? facts.object?.name ?? name}`;
      doors[doors[key] === undefined ? key : `${name}/${route.kind}/${facts.label}`] = door.address;
    }
    return doors;
  }

  /** Networks of the subnets of load balancers: planned for a VPC made here, looked up in one of another team. */
  private balancerSubnets(): BalancerSubnets {
    const { network } = this.environment;
    if (network.kind === "create") {
      const plan = planSubnets(network.cidr, network.zones);
      return {
        "internet-facing": plan.map(({ publicCidr }) => publicCidr),
        internal: plan.map(({ privateCidr }) => privateCidr),
      };
    }
    const cidrs = (kind: string, ids: readonly string[]) =>
      ids.map((id, index) => new DataAwsSubnet(this, `subnet_${kind}_${index}`, { id }).cidrBlock);
    return {
      "internet-facing": cidrs("public", network.publicSubnetIds),
      internal: cidrs("private", network.privateSubnetIds),
    };
  }

  private moveRenamed(): void {
    for (const [name, { renamedFrom, routes }] of Object.entries(this.environment.workloads)) {
      const scope = this.workloadScope.node.tryFindChild(name);
      if (renamedFrom === undefined || !(scope instanceof Construct)) continue;
      // A route whose objects keep the workload's former name had none of its own before.
      const named = routes.filter((route) => route.name === renamedFrom);
      const formerIds = named.map(({ kind, name }) => [routeId({ kind, name }, {}), routeId({ kind }, {})]);
      movedFrom(scope, renamedFrom, Object.fromEntries(formerIds));
    }
  }

  private doorContext(targets: ReadonlyMap<string, RouteTarget>): DoorContext {
    const { environment, cluster, identity } = this;
    const zoneId = (zone: string) => cluster.zone_ids.get(zone);
    return {
      environmentName: environment.name,
      aws: environment.aws,
      network: {
        vpcId: cluster.vpc_id,
        vpcCidr: cluster.vpc_cidr,
        ...this.subnetsOf(cluster),
        allPrivateSubnetIds: cluster.private_subnet_ids.all,
      },
      certificateArn: this.certificateArn,
      webAclArn: ({ webAcl, webAclArn }, place = "region") =>
        webAcl === undefined
          ? webAclArn
          : (place === "edge" ? identity.edge_web_acl_arns : identity.web_acl_arns).get(webAcl),
      balancers: this.balancerSettings(identity),
      trustStoreArn: (name) => identity.trust_store_arns.get(name),
      trustBundle: (name) => ({
        uri: identity.trust_bundle_uris.get(name),
        version: identity.trust_bundle_versions.get(name),
      }),
      hosts: new Hosts(this, "dns_host", {
        environmentName: environment.name,
        clusterName: cluster.cluster_name,
        zoneId,
      }),
      namespace: (name) => this.namespaces.of(name),
      targets,
      zoneId,
      userArn: (user) => identity.user_arns.get(user),
    };
  }
}
