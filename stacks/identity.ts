import { Construct } from "constructs";
import { Certificates } from "../modules/certificates/certificates";
import { localZoneIds } from "../modules/dns/zone-ids";
import { Association, associationRoleName } from "../modules/identity/association";
import { Kube2iamRoles } from "../modules/identity/kube2iam-roles";
import { OidcProvider } from "../modules/identity/oidc-provider";
import { policyDocument } from "../modules/identity/policy";
import type { RolePermissions } from "../modules/identity/schema";
import { iamStatements } from "../modules/identity/statements";
import { Users } from "../modules/identity/users";
import { type TrustPath, WorkloadRole, type WorkloadRoleProps } from "../modules/identity/workload-role";
import { LogBucket } from "../modules/load-balancer/log-bucket";
import { proxyIdentity } from "../modules/mesh/app-mesh/proxy-access";
import { releaseRoleName } from "../modules/releases/role-name";
import { assertNever } from "../modules/schema/assert-never";
import type { Published, Read } from "../modules/state/contract";
import { TrustStores } from "../modules/trust-stores/trust-stores";
import { WebAcls } from "../modules/web-acls/web-acls";
import { serviceAccountOf } from "../modules/workloads/service-account";
import { presentedWhere, webAclPlaces } from "../platform/entrances";
import type { Environment } from "../platform/environment";
import { controllerIdentity, controllerNames } from "../platform/install-controllers";
import { clusterContract, identityContract } from "./contracts";
import { EnvironmentStack } from "./stack";

/** OIDC provider, a role for each controller and workload that needs AWS, kube2iam roles and users. */
export class IdentityStack extends EnvironmentStack {
  readonly outputs: Published<typeof identityContract.outputs>;
  private readonly trustPaths = new Map<TrustPath["kind"], TrustPath>();
  readonly cluster: Read<typeof clusterContract.outputs>;

  constructor(scope: Construct, environment: Environment) {
    super(scope, "identity", environment);
    this.cluster = this.read(clusterContract);
    this.associations();
    const certificates = this.certificates();
    const webAcls = new WebAcls(this, "web-acl", {
      environment: environment.name,
      webAcls: environment.webAcls,
      places: (name) => webAclPlaces(environment, name),
      edgeProvider: this.edgeProvider,
    });
    const trust = new TrustStores(this, "trust-store", {
      environment: environment.name,
      accountId: environment.aws.accountId,
      partition: environment.aws.partition,
      trustStores: environment.trustStores,
    });
    this.outputs = this.publish(identityContract, {
      controller_role_arns: this.controllerRoles(),
      workload_role_arns: this.workloadRoles(),
      release_role_arns: this.releaseRoles(),
      mesh_role_arns: this.meshRoles(),
      kube2iam_role_arns: new Kube2iamRoles(this, "kube2iam", {
        partition: environment.aws.partition,
        roles: environment.identity.kube2iamRoles,
        nodeRoleArn: this.cluster.node_role_arn,
      }).arns,
      user_arns: new Users(this, "user", { names: Object.keys(environment.identity.users) }).arns,
      certificate_arns: certificates.arns,
      edge_certificate_arns: certificates.edgeArns,
      web_acl_arns: webAcls.arns,
      edge_web_acl_arns: webAcls.edgeArns,
      access_log_bucket: new LogBucket(this, "access-logs", {
        environment: environment.name,
        ...environment.aws,
        accessLogs: environment.loadBalancers.accessLogs,
      }).name,
      trust_store_arns: trust.arns,
      trust_bundle_uris: trust.bundles,
      trust_bundle_versions: trust.versions,
      certificate_validation_records: certificates.recordsElsewhere,
    });
  }

  private certificates(): Certificates {
    const { environment, edgeProvider } = this;
    return new Certificates(this, "certificate", {
      certificates: environment.certificates,
      presented: (name) => presentedWhere(environment, name),
      domains: Object.keys(environment.dns.zones),
      zoneId: (domain) => this.cluster.zone_ids.get(domain),
      edgeProvider,
    });
  }

  /** The environment's way from pod to IAM, and the one that pods had before. */
  private trusts(): Pick<WorkloadRoleProps, "trust" | "formerTrust"> {
    const { workloads, switchingFrom } = this.environment.identity;
    return {
      trust: this.trust(workloads),
      formerTrust: switchingFrom === undefined ? undefined : this.trust(switchingFrom),
    };
  }

  /** The OIDC provider is made when the first role needs it. */
  private trust(kind: TrustPath["kind"]): TrustPath {
    const path = this.trustPaths.get(kind) ?? this.trustPath(kind);
    this.trustPaths.set(kind, path);
    return path;
  }

  private trustPath(kind: TrustPath["kind"]): TrustPath {
    switch (kind) {
      case "irsa":
        return {
          kind,
          providerArn: new OidcProvider(this, "oidc", { issuerUrl: this.cluster.oidc_issuer_url }).arn,
          issuer: this.cluster.oidc_issuer,
        };
      case "pod-identity":
        return { kind, clusterName: this.cluster.cluster_name };
      default:
        return assertNever("trust path", kind);
    }
  }

  private controllerRoles(): Record<string, string> {
    const { name: environmentName, aws, cluster, dns } = this.environment;
    const zoneId = localZoneIds(this, (domain) => this.cluster.zone_ids.get(domain));
    const arns: Record<string, string> = {};
    for (const name of controllerNames(this.environment.controllers)) {
      const request = controllerIdentity(name, this.environment.controllers, {
        ...aws,
        clusterName: cluster.name,
        domains: Object.keys(dns.zones),
        zoneId,
      });
      if (request === undefined) continue;
      arns[name] = new WorkloadRole(this, name, {
        roleName: `${environmentName}-${request.roleName}`,
        namespace: request.namespace,
        serviceAccount: request.serviceAccount,
        ...this.trusts(),
        policy: { name: `${environmentName}-${request.policyName}`, document: request.policy },
      }).arn;
    }
    return arns;
  }

  private meshRoles(): Record<string, string> {
    const { name, aws, mesh } = this.environment;
    const request = proxyIdentity(mesh, aws);
    if (request === undefined) return {};
    const role = new WorkloadRole(this, "mesh", {
      roleName: `${name}-${request.roleName}`,
      namespace: request.namespace,
      serviceAccount: request.serviceAccount,
      ...this.trusts(),
      policy: { name: `${name}-${request.policyName}`, document: request.policy },
    });
    return { [request.serviceAccount]: role.arn };
  }

  private releaseRoles(): Record<string, string> {
    const arns: Record<string, string> = {};
    for (const [name, { credentials, namespace }] of Object.entries(this.environment.releases)) {
      if (credentials === undefined) continue;
      arns[name] = this.ownRole(`release_${name}`, releaseRoleName(this.environment.name, name), {
        ...credentials,
        namespace,
      });
    }
    return arns;
  }

  private associations(): void {
    const scope = new Construct(this, "association");
    for (const [name, association] of Object.entries(this.environment.identity.associations)) {
      new Association(scope, name, {
        roleName: associationRoleName(this.environment.name, name),
        clusterName: this.cluster.cluster_name,
        association,
      });
    }
  }

  /** A role of a service account, with what the environment says that it may do. */
  private ownRole(
    id: string,
    roleName: string,
    asked: RolePermissions & Pick<WorkloadRoleProps, "namespace" | "serviceAccount">,
  ): string {
    const { namespace, serviceAccount, policyArns, statements } = asked;
    return new WorkloadRole(this, id, {
      roleName,
      namespace,
      serviceAccount,
      ...this.trusts(),
      policyArns,
      ...(statements.length === 0
        ? {}
        : { policy: { name: roleName, document: policyDocument(...iamStatements(statements)) } }),
    }).arn;
  }

  private workloadRoles(): Record<string, string> {
    const arns: Record<string, string> = {};
    for (const [name, workload] of Object.entries(this.environment.workloads)) {
      const { aws } = workload;
      const serviceAccount = serviceAccountOf(name, workload);
      if (aws.kind !== "role" || serviceAccount === undefined) continue;
      arns[name] = this.ownRole(`workload_${name}`, `${this.environment.name}-${name}`, {
        ...aws,
        namespace: workload.namespace,
        serviceAccount,
      });
    }
    return arns;
  }
}
