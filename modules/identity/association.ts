import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import { allow, policyDocument } from "./policy";
import type { IdentityOptions } from "./schema";
import { iamStatements } from "./statements";
import { WorkloadRole } from "./workload-role";

type AssociationOptions = IdentityOptions["associations"][string];

export interface AssociationProps {
  /** Name of a role made here, with the environment's prefix. */
  readonly roleName: string;
  readonly clusterName: string;
  readonly association: AssociationOptions;
}

/** Name in IAM of the role of an association. */
export function associationRoleName(environment: string, name: string): string {
  return `${environment}-association-${name}`;
}

/** A role for a service account that somebody else makes, by Pod Identity. */
export class Association extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { roleName, clusterName, association }: AssociationProps) {
    super(scope, id);
    const { namespace, serviceAccount, role, targetRoleArn, sessionTags } = association;
    if (role.kind === "existing") this.roleArn = role.roleArn;
    else {
      const statements = [
        ...iamStatements(role.statements),
        ...(targetRoleArn === undefined ? [] : [allow(["sts:AssumeRole", "sts:TagSession"], targetRoleArn)]),
      ];
      this.roleArn = new WorkloadRole(this, "Resource", {
        roleName,
        namespace,
        serviceAccount,
        trust: { kind: "pod-identity", clusterName },
        associated: false,
        policyArns: role.policyArns,
        ...(statements.length === 0 ? {} : { policy: { name: roleName, document: policyDocument(...statements) } }),
      }).arn;
    }
    new EksPodIdentityAssociation(this, "association", {
      clusterName,
      namespace,
      serviceAccount,
      roleArn: this.roleArn,
      ...(targetRoleArn === undefined ? {} : { targetRoleArn }),
      ...(sessionTags === "on" ? {} : { disableSessionTags: true }),
    });
  }
}

/** Oldest AWS providers that know what associations ask for. Source: the provider's CHANGELOG. */
export function awsProvidersOfAssociations(associations: IdentityOptions["associations"]): readonly string[] {
  const newer = Object.values(associations).some(
    ({ targetRoleArn, sessionTags }) => targetRoleArn !== undefined || sessionTags === "off",
  );
  return newer ? ["6.0.0"] : [];
}
