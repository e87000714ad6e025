import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { type PolicyDocument, policyDocument, policyJson, type Statement } from "./policy";

/** How the pods of a service account prove to IAM who they are. */
export type TrustPath =
  | {
      readonly kind: "irsa";
      /** ARN of the cluster's OIDC provider in IAM. */
      readonly providerArn: string;
      /** The same issuer, without `https://`. */
      readonly issuer: string;
    }
  | { readonly kind: "pod-identity"; readonly clusterName: string };

export interface WorkloadRoleProps {
  /** Name of the role, with the environment's prefix; at most 64 characters. */
  readonly roleName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly trust: TrustPath;
  /** The way that pods had before, kept until they have restarted. Default: none. */
  readonly formerTrust?: TrustPath | undefined;
  /** Whether Pod Identity is told of it here. Default: true. */
  readonly associated?: boolean;
  /** A policy of the role's own. Default: none. */
  readonly policy?: { readonly name: string; readonly document: PolicyDocument };
  /** Policies made elsewhere, by ARN. Default: none. */
  readonly policyArns?: readonly string[];
}

function trustStatement(trust: TrustPath, props: WorkloadRoleProps): Statement {
  switch (trust.kind) {
    case "irsa":
      return {
        Effect: "Allow",
        Principal: { Federated: trust.providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${trust.issuer}:aud`]: "sts.amazonaws.com",
            [`${trust.issuer}:sub`]: `system:serviceaccount:${props.namespace}:${props.serviceAccount}`,
          },
        },
      };
    case "pod-identity":
      return {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        // Pod Identity tags the session with cluster, namespace and service account.
        Action: ["sts:AssumeRole", "sts:TagSession"],
      };
    default:
      return assertNever("trust path", trust);
  }
}

/** The role of one service account, by IRSA or by Pod Identity, with what it may do. */
export class WorkloadRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WorkloadRoleProps) {
    super(scope, id);
    const trusts = [props.trust, ...(props.formerTrust === undefined ? [] : [props.formerTrust])];
    const role = new IamRole(this, "role", {
      name: props.roleName,
      assumeRolePolicy: policyJson(policyDocument(...trusts.map((trust) => trustStatement(trust, props)))),
    });
    this.arn = role.arn;
    if (props.policy !== undefined) {
      const policy = new IamPolicy(this, "policy", {
        name: props.policy.name,
        policy: policyJson(props.policy.document),
      });
      new IamRolePolicyAttachment(this, "policy-attachment", { role: role.name, policyArn: policy.arn });
    }
    (props.policyArns ?? []).forEach((policyArn, index) => {
      new IamRolePolicyAttachment(this, `attachment-${index}`, { role: role.name, policyArn });
    });
    // Not of the former way: EKS gives a pod that has an association nothing else, and the pods are to have the new way.
    if (props.trust.kind === "pod-identity" && props.associated !== false) {
      new EksPodIdentityAssociation(this, "association", {
        clusterName: props.trust.clusterName,
        namespace: props.namespace,
        serviceAccount: props.serviceAccount,
        roleArn: role.arn,
      });
    }
  }
}
