import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import type { AddonPermissions, PlannedAddon } from "./addon-plan";
import { ServiceRole } from "./service-role";

export interface AddonProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly partition: Partition;
  readonly cluster: { readonly name: string; readonly version: string };
  readonly addon: PlannedAddon;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** An add-on that EKS installs and keeps, with a role of its own where it needs AWS. */
export class Addon extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AddonProps) {
    super(scope, id);
    const { cluster, addon } = props;
    const identity = addon.permissions === undefined ? undefined : this.identity(props, addon.permissions);
    const after = [...props.dependsOn, ...(identity?.ready ?? [])];
    this.ready = new EksAddon(this, "Resource", {
      clusterName: cluster.name,
      addonName: addon.name,
      addonVersion: this.version(props),
      // An empty object takes back what stood here before; an absent argument would leave it.
      configurationValues: JSON.stringify(addon.configuration),
      podIdentityAssociation: identity?.associations,
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

  private identity({ environmentName, partition, addon }: AddonProps, permissions: AddonPermissions) {
    const role = new ServiceRole(this, "role", {
      name: `${environmentName}-${addon.name}`,
      partition,
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        // Pod Identity tags the session with cluster, namespace and service account.
        Action: ["sts:AssumeRole", "sts:TagSession"],
      }),
      managedPolicies: [permissions.managedPolicy],
    });
    return {
      associations: [{ serviceAccount: permissions.serviceAccount, roleArn: role.arn }],
      ready: role.ready,
    };
  }
}
