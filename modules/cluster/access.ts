import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import {
  EksAccessPolicyAssociation,
  type EksAccessPolicyAssociationAccessScope,
} from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { assertNever } from "../schema/assert-never";
import { accessPolicies } from "./access-schema";
import type { AccessEntryOptions } from "./schema";

export interface AccessEntryProps {
  readonly clusterName: string;
  readonly partition: Partition;
  readonly entry: AccessEntryOptions;
}

/** Lets one IAM principal into the cluster, with EKS policies, Kubernetes groups, or both. */
export class AccessEntry extends Construct {
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    const { clusterName, partition, entry } = props;
    const admitted = new EksAccessEntry(this, "Resource", {
      clusterName,
      principalArn: entry.principalArn,
      ...(entry.type === "STANDARD"
        ? // An empty list takes the last group away; an absent one would leave it.
          { kubernetesGroups: [...entry.groups], userName: entry.userName }
        : { type: entry.type }),
    });
    for (const { policy, scope: reach } of entry.policies) {
      new EksAccessPolicyAssociation(this, policy, {
        clusterName,
        principalArn: admitted.principalArn,
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policyName(policy)}`,
        accessScope: accessScope(reach),
      });
    }
  }
}

const known: Readonly<Record<string, string>> = accessPolicies;

function policyName(policy: string): string {
  return known[policy] ?? policy;
}

function accessScope(reach: AccessEntryOptions["policies"][number]["scope"]): EksAccessPolicyAssociationAccessScope {
  switch (reach.kind) {
    case "cluster":
      return { type: "cluster" };
    case "namespaces":
      return { type: "namespace", namespaces: [...reach.namespaces] };
    default:
      return assertNever("scope of an access policy", reach);
  }
}
