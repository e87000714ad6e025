import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { type PolicyDocument, policyDocument, policyJson } from "../identity/policy";
import { type RunPhase, runRoleName } from "../state/run-roles";
import { managedPolicies } from "./run-policies";

/** Audience of the tokens that Terraform Cloud signs for AWS. Source: HCP Terraform, "Dynamic credentials with AWS". */
export const runAudience = "aws.workload.identity";

export interface RunRoleProps {
  readonly provider: AwsProvider;
  readonly stackId: string;
  readonly phase: RunPhase;
  /** Host of Terraform Cloud, which signs the tokens of runs. */
  readonly hostname: string;
  /** ARN of its identity provider in IAM. */
  readonly oidcProviderArn: string;
  readonly organization: string;
  /** Name of the workspace's project. */
  readonly project: string;
  /** What the role may do; undefined where nobody has recorded it. */
  readonly policy: PolicyDocument | undefined;
  /** Policies made elsewhere, by ARN. */
  readonly policyArns: readonly string[];
}

/** The role that runs of one workspace take in one phase; no other run can. */
export class RunRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: RunRoleProps) {
    super(scope, id);
    const { provider, stackId, phase, hostname, organization, project } = props;
    const role = new IamRole(this, "Resource", {
      provider,
      name: runRoleName(stackId, phase),
      description: `Runs of the workspace ${stackId}, phase ${phase}.`,
      assumeRolePolicy: policyJson(
        policyDocument({
          Effect: "Allow",
          Principal: { Federated: props.oidcProviderArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${hostname}:aud`]: runAudience,
              [`${hostname}:sub`]: `organization:${organization}:project:${project}:workspace:${stackId}:run_phase:${phase}`,
            },
          },
        }),
      ),
    });
    this.arn = role.arn;
    managedPolicies(props.policy ?? policyDocument()).forEach((document, index) => {
      const name = `${runRoleName(stackId, phase)}-${index + 1}`;
      const policy = new IamPolicy(this, `policy-${index + 1}`, { provider, name, policy: policyJson(document) });
      new IamRolePolicyAttachment(this, `policy-${index + 1}-attachment`, {
        provider,
        role: role.name,
        policyArn: policy.arn,
      });
    });
    props.policyArns.forEach((policyArn, index) => {
      new IamRolePolicyAttachment(this, `attachment-${index + 1}`, { provider, role: role.name, policyArn });
    });
  }
}
