import { z } from "zod";
import { accessEntryOf } from "./access-entries";
import { now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { type AssociatedAccessPolicy, accessScope } from "./records";
import { policiesOf, within } from "./state";

/** The access policies of EKS (user guide, "Review access policy permissions"). */
const policyNames: readonly string[] = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSBlockStorageClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSComputeClusterPolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSLoadBalancingClusterPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSNetworkingClusterPolicy",
  "AmazonEKSHybridPolicy",
];

/** The policy that makes whoever has it a cluster administrator. */
export function clusterAdminPolicyArn(partition: string): string {
  return policyArn(partition, "AmazonEKSClusterAdminPolicy");
}

function policyArn(partition: string, name: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${name}`;
}

const associateRequest = z.looseObject({ policyArn: z.string(), accessScope });

export const listAccessPolicies: Operation = (eks, { query }) =>
  page(
    "accessPolicies",
    policyNames.map((name) => ({ name, arn: policyArn(eks.partition, name) })),
    query,
  );

export const associateAccessPolicy: Operation = (eks, { path, document }) => {
  const entry = accessEntryOf(eks, path("cluster"), path("principal"));
  const input = parse(associateRequest, document);
  if (!policyNames.some((name) => policyArn(eks.partition, name) === input.policyArn)) {
    throw new EksError("InvalidParameterException", `The specified policyArn is invalid: ${input.policyArn}`);
  }
  if (entry.type !== "STANDARD" && entry.type !== "EC2") {
    throw new EksError(
      "InvalidRequestException",
      `The access entry type is ${entry.type}; policies can be associated with STANDARD and EC2 entries only.`,
    );
  }
  checkScope(input.accessScope);
  const policies = policiesOf(eks.state, entry.clusterName, entry.principalArn);
  const before = policies.find((policy) => policy.policyArn === input.policyArn);
  const associated: AssociatedAccessPolicy = {
    policyArn: input.policyArn,
    accessScope: input.accessScope,
    associatedAt: before?.associatedAt ?? now(),
    modifiedAt: now(),
  };
  eks.state.associatedAccessPolicies.set(within(entry.clusterName, entry.principalArn), [
    ...policies.filter((policy) => policy !== before),
    associated,
  ]);
  return { clusterName: entry.clusterName, principalArn: entry.principalArn, associatedAccessPolicy: associated };
};

export const disassociateAccessPolicy: Operation = (eks, { path }) => {
  const entry = accessEntryOf(eks, path("cluster"), path("principal"));
  const policies = policiesOf(eks.state, entry.clusterName, entry.principalArn);
  const gone = found(
    policies.find((policy) => policy.policyArn === path("policy")),
    `No associated access policy found for policyArn: ${path("policy")}`,
  );
  eks.state.associatedAccessPolicies.set(
    within(entry.clusterName, entry.principalArn),
    policies.filter((policy) => policy !== gone),
  );
  return {};
};

export const listAssociatedAccessPolicies: Operation = (eks, { path, query }) => {
  const { clusterName, principalArn } = accessEntryOf(eks, path("cluster"), path("principal"));
  return {
    clusterName,
    principalArn,
    ...page("associatedAccessPolicies", policiesOf(eks.state, clusterName, principalArn), query),
  };
};

function checkScope({ type, namespaces }: z.infer<typeof accessScope>): void {
  if (type === "namespace" && namespaces.length === 0) {
    throw new EksError("InvalidParameterException", "Namespaces are required when the access scope type is namespace");
  }
  if (type === "cluster" && namespaces.length > 0) {
    throw new EksError("InvalidParameterException", "Namespaces cannot be given when the access scope type is cluster");
  }
}
