import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument, policyJson } from "./policy";
import type { IdentityOptions } from "./schema";
import { iamStatements } from "./statements";

/** What the API Gateway Ingress Controller's guide attached to its role. */
const legacyPolicies = [
  "AutoScalingFullAccess",
  "AmazonAPIGatewayAdministrator",
  "AmazonVPCFullAccess",
  "AWSCloudFormationFullAccess",
  "ElasticLoadBalancingFullAccess",
];

export interface Kube2iamRolesProps {
  readonly partition: Partition;
  readonly roles: IdentityOptions["kube2iamRoles"];
  /** Role of the nodes: the only principal that may assume these. */
  readonly nodeRoleArn: string;
}

/** Roles that pods take by name through kube2iam, which runs with the node's role. */
export class Kube2iamRoles extends Construct {
  /** ARN of each role, by name. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: Kube2iamRolesProps) {
    super(scope, id);
    const arns: Record<string, string> = {};
    for (const [name, options] of Object.entries(props.roles)) {
      const ofRole = new Construct(this, name);
      // Attachments go by names of policies, which are not ours.
      const own = new Construct(ofRole, "Resource");
      const role = new IamRole(own, "Resource", {
        name,
        assumeRolePolicy: policyJson(
          policyDocument({ Effect: "Allow", Principal: { AWS: props.nodeRoleArn }, Action: "sts:AssumeRole" }),
        ),
      });
      arns[name] = role.arn;
      if (options.statements.length > 0) {
        new IamRolePolicy(own, "policy", {
          name,
          role: role.name,
          policy: policyJson(policyDocument(...iamStatements(options.statements))),
        });
      }
      const managed = options.legacyFullAccess.kind === "on" ? legacyPolicies : [];
      const policyArns = new Set([
        ...options.policyArns,
        ...managed.map((policy) => `arn:${props.partition}:iam::aws:policy/${policy}`),
      ]);
      for (const policyArn of policyArns) {
        new IamRolePolicyAttachment(ofRole, policyArn.split("/").at(-1) ?? policyArn, { role: role.name, policyArn });
      }
    }
    this.arns = arns;
  }
}
