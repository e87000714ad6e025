import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import { iamStatements } from "../identity/statements";
import { assertNever } from "../schema/assert-never";
import type { AddonRole, PlannedAddon } from "./addon-plan";
import { ServiceRole, type ServiceRoleProps } from "./service-role";

export interface AddonProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly partition: Partition;
  readonly cluster: { readonly name: string; readonly version: string };
  readonly addon: PlannedAddon;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** An add-on that EKS installs and keeps, with roles of its own where it needs AWS. */
export class Addon extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AddonProps) {
    super(scope, id);
    const { cluster, addon } = props;
    const roles = addon.roles.map((role) => ({ serviceAccount: role.serviceAccount, ...this.role(props, role) }));
    const after = [...props.dependsOn, ...roles.flatMap(({ ready }) => ready)];
    this.ready = new EksAddon(this, "Resource", {
      clusterName: cluster.name,
      addonName: addon.name,
      addonVersion: this.version(props),
      // An empty object takes back what stood here before; an absent argument would leave it.
      configurationValues: JSON.stringify(addon.configuration),
      podIdentityAssociation:
        roles.length === 0 ? undefined : roles.map(({ serviceAccount, roleArn }) => ({ serviceAccount, roleArn })),
      preserve: addon.preserve ? true : undefined,
      // The environment says what runs: a change by hand, or what an earlier installation left, does not outlive an apply.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: after.length === 0 ? undefined : after,
    });
  }

  /** Asked for even where it is the default: without an answer EKS chooses at creation, and an upgrade moves nothing. */
  private version({ addon, cluster }: AddonProps): string {
    switch (addon.version) {
      case "default":
      case "latest":
        return new DataAwsEksAddonVersion(this, "version", {
          addonName: addon.name,
          kubernetesVersion: cluster.version,
          mostRecent: addon.version === "latest",
        }).version;
      default:
        return addon.version;
    }
  }

  private role(props: AddonProps, role: AddonRole): MadeRole {
    switch (role.kind) {
      case "existing":
        return { roleArn: role.roleArn, ready: [] };
      case "managed":
        return this.makeRole(props, "role", { name: props.addon.name, managedPolicies: [role.managedPolicy] });
      case "role":
        return this.makeRole(props, `role_${role.serviceAccount}`, {
          name: addonRoleName(props.addon.name, role.serviceAccount),
          managedPolicies: [],
          policyArns: role.policyArns,
          policy: role.statements.length === 0 ? undefined : policyDocument(...iamStatements(role.statements)),
        });
      default:
        return assertNever("role of an add-on", role);
    }
  }

  private makeRole(
    { environmentName, partition }: AddonProps,
    id: string,
    { name, ...permissions }: Omit<ServiceRoleProps, "partition" | "trust">,
  ): MadeRole {
    const { arn, ready } = new ServiceRole(this, id, {
      name: `${environmentName}-${name}`,
      partition,
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        // Pod Identity tags the session with cluster, namespace and service account.
        Action: ["sts:AssumeRole", "sts:TagSession"],
      }),
      ...permissions,
    });
    return { roleArn: arn, ready };
  }
}

interface MadeRole {
  readonly roleArn: string;
  /** There when the role can do what it is for. */
  readonly ready: readonly ITerraformDependable[];
}

/** Name in IAM of an add-on's own role, behind the environment's prefix. */
export function addonRoleName(addon: string, serviceAccount: string): string {
  return `${addon}-${serviceAccount}`;
}
