import { EksCapability, type EksCapabilityConfiguration } from "@cdktf/provider-aws/lib/eks-capability";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import { iamStatements } from "../identity/statements";
import type { Capability as CapabilityOptions } from "./control-plane-schema";
import { ServiceRole } from "./service-role";

export interface CapabilityProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  /** Name in the environment and in EKS. */
  readonly name: string;
  readonly partition: Partition;
  readonly clusterName: string;
  readonly capability: CapabilityOptions;
}

/** Name in IAM of a capability's role, behind the environment's prefix. */
export function capabilityRoleName(name: string): string {
  return `capability-${name}`;
}

/** A controller that EKS runs on its own side, with a role that may do what the environment says. */
export class Capability extends Construct {
  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    const { capability } = props;
    const { statements, policyArns } = capability;
    const role = new ServiceRole(this, "role", {
      name: `${props.environmentName}-${capabilityRoleName(props.name)}`,
      partition: props.partition,
      // Source: EKS user guide, "Amazon EKS capability IAM role".
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "capabilities.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      }),
      managedPolicies: [],
      policyArns,
      policy: statements.length === 0 ? undefined : policyDocument(...iamStatements(statements)),
    });
    new EksCapability(this, "Resource", {
      clusterName: props.clusterName,
      capabilityName: props.name,
      type: capability.kind.toUpperCase(),
      roleArn: role.arn,
      deletePropagationPolicy: capability.deletion,
      configuration: configuration(capability),
      dependsOn: role.ready.length === 0 ? undefined : [...role.ready],
    });
  }
}

function configuration(capability: CapabilityOptions): EksCapabilityConfiguration[] | undefined {
  if (capability.kind !== "argocd") return undefined;
  const { identityCenter, namespace, vpcEndpoints, roles } = capability;
  return [
    {
      argoCd: [
        {
          namespace,
          awsIdc: [
            {
              idcInstanceArn: identityCenter.instanceArn,
              ...(identityCenter.region === undefined ? {} : { idcRegion: identityCenter.region }),
            },
          ],
          ...(vpcEndpoints.length === 0 ? {} : { networkAccess: [{ vpceIds: [...vpcEndpoints] }] }),
          ...(roles.length === 0
            ? {}
            : { rbacRoleMapping: roles.map(({ role, identities }) => ({ role, identity: [...identities] })) }),
        },
      ],
    },
  ];
}
