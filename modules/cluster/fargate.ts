import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import type { RoleChoice } from "./control-plane-schema";
import type { FargateProfileOptions } from "./node-schema";
import { chosenRole } from "./service-role";

export interface FargateProfilesProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly cluster: {
    /** Name as the environment has it; the trust policy carries it before the cluster exists. */
    readonly name: string;
    readonly reference: string;
  };
  /** By name. */
  readonly profiles: Readonly<Record<string, FargateProfileOptions>>;
  /** A role made here, or another's in its place. */
  readonly role: RoleChoice;
  /** Fargate takes private subnets only. */
  readonly privateSubnetIds: readonly string[];
  /** What pods need before they start and until they are gone. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Fargate profiles and the role their machines pull images with. */
export class FargateProfiles extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FargateProfilesProps) {
    super(scope, id);
    const { aws, cluster } = props;
    const role = chosenRole(this, "pod_execution_role", props.role, {
      name: `${props.environmentName}-fargate`,
      partition: aws.partition,
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: {
            "aws:SourceArn": `arn:${aws.partition}:eks:${aws.region}:${aws.accountId}:fargateprofile/${cluster.name}/*`,
          },
        },
      }),
      managedPolicies: ["AmazonEKSFargatePodExecutionRolePolicy"],
    });
    const made: EksFargateProfile[] = [];
    for (const [name, profile] of Object.entries(props.profiles)) {
      made.push(
        new EksFargateProfile(this, name, {
          clusterName: cluster.reference,
          fargateProfileName: name,
          podExecutionRoleArn: role.arn,
          subnetIds: [...props.privateSubnetIds],
          selector: profile.selectors.map(({ namespace, labels }) => ({ namespace, labels })),
          // EKS makes and deletes one profile of a cluster at a time.
          dependsOn: [...props.dependsOn, ...role.ready, ...made.slice(-1)],
        }),
      );
    }
    this.ready = made;
  }
}
