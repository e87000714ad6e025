import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { type PolicyDocument, policyJson } from "../identity/policy";
import { assertNever } from "../schema/assert-never";
import type { RoleChoice } from "./control-plane-schema";

export interface ServiceRoleProps {
  /** Name in IAM, with the environment's prefix; at most 64 characters. */
  readonly name: string;
  readonly partition: Partition;
  /** Who may assume it. */
  readonly trust: PolicyDocument;
  /** AWS's own policies by name, with their path: `AmazonEKSClusterPolicy`, `service-role/AmazonEBSCSIDriverPolicy`. */
  readonly managedPolicies: readonly string[];
  /** Policies made elsewhere, by ARN. Default: none. */
  readonly policyArns?: readonly string[];
  /** A policy of the role's own. Default: none. */
  readonly policy?: PolicyDocument | undefined;
}

/** A role that AWS itself takes on for the cluster, with policies that AWS keeps. */
export class ServiceRole extends Construct {
  readonly name: string;
  readonly arn: string;
  /** There when the role can do what it is for. What uses the role depends on it, so that destroy takes the user first. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", { name: props.name, assumeRolePolicy: policyJson(props.trust) });
    this.name = role.name;
    this.arn = role.arn;
    const { policy: own, policyArns = [] } = props;
    this.ready = [
      ...props.managedPolicies.map(
        (policy) =>
          new IamRolePolicyAttachment(this, policy.slice(policy.lastIndexOf("/") + 1), {
            role: role.name,
            policyArn: `arn:${props.partition}:iam::aws:policy/${policy}`,
          }),
      ),
      ...policyArns.map(
        (policyArn, index) => new IamRolePolicyAttachment(this, `attachment-${index}`, { role: role.name, policyArn }),
      ),
      ...(own === undefined
        ? []
        : [new IamRolePolicy(this, "policy", { name: props.name, role: role.name, policy: policyJson(own) })]),
    ];
  }
}

/** A role as an environment chooses it: one made here with policies more, or one made elsewhere. */
export function chosenRole(
  scope: Construct,
  id: string,
  choice: RoleChoice,
  props: ServiceRoleProps,
): Pick<ServiceRole, "arn" | "ready"> & { readonly own?: ServiceRole } {
  switch (choice.kind) {
    case "own": {
      const own = new ServiceRole(scope, id, { ...props, policyArns: choice.policyArns });
      return { arn: own.arn, ready: own.ready, own };
    }
    case "existing":
      return { arn: choice.roleArn, ready: [] };
    default:
      return assertNever("choice of a role", choice);
  }
}
