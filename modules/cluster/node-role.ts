import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument, policyJson } from "../identity/policy";
import type { RoleChoice } from "./control-plane-schema";
import { chosenRole } from "./service-role";

export interface NodeRoleProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly partition: Partition;
  /** Whether the VPC CNI works with the nodes' role, having none of its own. */
  readonly servesVpcCni: boolean;
  /** Whether Session Manager opens shells on the nodes. */
  readonly sessionManager: boolean;
  /** A role made here, or another's in its place. */
  readonly choice: RoleChoice;
  /** Roles that kube2iam may take on for pods. */
  readonly kube2iamRoleArns: readonly string[];
}

/** The role of every managed node group's nodes. */
export class NodeRole extends Construct {
  readonly arn: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    const role = chosenRole(this, "Resource", props.choice, {
      name: `${props.environmentName}-node`,
      partition: props.partition,
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      managedPolicies: [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEC2ContainerRegistryPullOnly",
        ...(props.servesVpcCni ? ["AmazonEKS_CNI_Policy"] : []),
        ...(props.sessionManager ? ["AmazonSSMManagedInstanceCore"] : []),
      ],
    });
    this.arn = role.arn;
    this.ready = role.ready;
    if (role.own !== undefined && props.kube2iamRoleArns.length > 0) {
      new IamRolePolicy(this, "kube2iam", {
        name: "kube2iam",
        role: role.own.name,
        policy: policyJson(
          policyDocument(
            { Effect: "Allow", Action: "sts:AssumeRole", Resource: props.kube2iamRoleArns },
            // kube2iam asks which regions there are; IAM knows no narrower resource for that.
            { Effect: "Allow", Action: "ec2:DescribeRegions", Resource: "*" },
          ),
        ),
      });
    }
  }
}
