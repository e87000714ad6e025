import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Iam } from "../iam/client";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { type AccessEntry, type AccessEntryType, accessEntry, accessEntryType } from "./records";
import { ofCluster, policiesOf, within } from "./state";

const fields = z.looseObject({
  kubernetesGroups: z.array(z.string()).optional(),
  username: z.string().optional(),
  clientRequestToken: z.string().optional(),
});
const createRequest = fields.extend({
  principalArn: z.string(),
  type: accessEntryType.default("STANDARD"),
  tags: accessEntry.shape.tags.default({}),
});

export const createAccessEntry: Operation = async (eks, { path, document }) => {
  const clusterName = withAccessEntries(eks, path("cluster"));
  const { clientRequestToken: _, ...input } = parse(createRequest, document);
  if (eks.state.accessEntries.has(within(clusterName, input.principalArn))) {
    throw new EksError(
      "ResourceInUseException",
      "The specified access entry resource is already in use on this cluster.",
    );
  }
  if (!(await new Iam(eks.moto, eks.region).exists(input.principalArn))) {
    throw new EksError(
      "InvalidParameterException",
      `The specified principalArn is invalid: invalid principal. ${input.principalArn} is not a role or user.`,
    );
  }
  checkIdentity(input.type, input);
  const created = newAccessEntry(eks, clusterName, input);
  eks.state.accessEntries.set(within(clusterName, created.principalArn), created);
  return { accessEntry: created };
};

export const describeAccessEntry: Operation = (eks, { path }) => ({
  accessEntry: accessEntryOf(eks, path("cluster"), path("principal")),
});

export const listAccessEntries: Operation = (eks, { path, query }) => {
  const clusterName = withAccessEntries(eks, path("cluster"));
  const policy = query.get("associatedPolicyArn");
  const principals = ofCluster(eks.state.accessEntries, clusterName)
    .map(({ principalArn }) => principalArn)
    .filter(
      (principal) =>
        policy === null || policiesOf(eks.state, clusterName, principal).some((p) => p.policyArn === policy),
    );
  return page("accessEntries", principals, query);
};

export const updateAccessEntry: Operation = (eks, { path, document }) => {
  const before = accessEntryOf(eks, path("cluster"), path("principal"));
  const input = parse(fields, document);
  checkIdentity(before.type, input);
  const after: AccessEntry = {
    ...before,
    kubernetesGroups: input.kubernetesGroups ?? before.kubernetesGroups,
    username: input.username ?? before.username,
    modifiedAt: now(),
  };
  eks.state.accessEntries.set(within(after.clusterName, after.principalArn), after);
  return { accessEntry: after };
};

export const deleteAccessEntry: Operation = (eks, { path }) => {
  const { clusterName, principalArn } = accessEntryOf(eks, path("cluster"), path("principal"));
  removeAccessEntry(eks, clusterName, principalArn);
  return {};
};

/** @throws EksError ResourceNotFoundException */
export function accessEntryOf(eks: Eks, cluster: string, principalArn: string): AccessEntry {
  return found(
    eks.state.accessEntries.get(within(withAccessEntries(eks, cluster), principalArn)),
    `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
  );
}

/** A new access entry with the user name and groups that EKS gives its type. */
export function newAccessEntry(
  eks: Eks,
  clusterName: string,
  input: Pick<AccessEntry, "principalArn" | "type"> & Partial<AccessEntry>,
): AccessEntry {
  const [kind = "", ...rest] = (input.principalArn.split(":")[5] ?? "").split("/");
  const name = rest.at(-1) ?? "";
  return {
    tags: {},
    ...input,
    clusterName,
    accessEntryArn: arn(eks, `access-entry/${clusterName}/${kind}/${eks.accountId}/${name}/${randomUUID()}`),
    kubernetesGroups: input.kubernetesGroups ?? [...defaultGroups(input.type)],
    username: input.username ?? defaultUsername(input.type, input.principalArn),
    createdAt: now(),
    modifiedAt: now(),
  };
}

/** EKS admits the role of a node group or Fargate profile by itself, unless an entry for it is there. */
export function admitNodes(eks: Eks, clusterName: string, roleArn: string, type: AccessEntryType): void {
  const { accessConfig } = clusterNamed(eks, clusterName);
  const key = within(clusterName, roleArn);
  if (accessConfig.authenticationMode !== "CONFIG_MAP" && !eks.state.accessEntries.has(key)) {
    eks.state.accessEntries.set(key, newAccessEntry(eks, clusterName, { principalArn: roleArn, type }));
  }
}

/** Takes the entry of a role away once no node group or Fargate profile of the cluster uses the role. */
export function dismissNodes(eks: Eks, clusterName: string, roleArn: string): void {
  const used =
    ofCluster(eks.state.nodegroups, clusterName).some(({ nodeRole }) => nodeRole === roleArn) ||
    ofCluster(eks.state.fargateProfiles, clusterName).some(
      ({ podExecutionRoleArn }) => podExecutionRoleArn === roleArn,
    );
  if (!used) {
    removeAccessEntry(eks, clusterName, roleArn);
  }
}

function removeAccessEntry(eks: Eks, clusterName: string, principalArn: string): void {
  eks.state.accessEntries.delete(within(clusterName, principalArn));
  eks.state.associatedAccessPolicies.delete(within(clusterName, principalArn));
}

function withAccessEntries(eks: Eks, name: string): string {
  const { accessConfig } = clusterNamed(eks, name);
  if (accessConfig.authenticationMode === "CONFIG_MAP") {
    throw new EksError(
      "InvalidRequestException",
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  }
  return name;
}

function checkIdentity(type: AccessEntryType, input: z.infer<typeof fields>): void {
  if (type !== "STANDARD" && ((input.kubernetesGroups ?? []).length > 0 || input.username !== undefined)) {
    throw new EksError(
      "InvalidParameterException",
      `Kubernetes groups and user name cannot be given for an access entry of type ${type}`,
    );
  }
  const reserved = [...(input.kubernetesGroups ?? []), input.username ?? ""].find((name) =>
    /^(system:|eks:|aws:|amazon:|iam:)/.test(name),
  );
  if (reserved !== undefined) {
    throw new EksError("InvalidParameterException", `The name ${reserved} starts with a reserved prefix`);
  }
}

function defaultUsername(type: AccessEntryType, principalArn: string): string {
  switch (type) {
    case "STANDARD": {
      const role = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principalArn);
      return role === null ? principalArn : `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/{{SessionName}}`;
    }
    case "FARGATE_LINUX":
    case "HYBRID_LINUX":
    case "HYPERPOD_LINUX":
      return "system:node:{{SessionName}}";
    case "EC2":
    case "EC2_LINUX":
    case "EC2_WINDOWS":
      return "system:node:{{EC2PrivateDNSName}}";
  }
}

function defaultGroups(type: AccessEntryType): readonly string[] {
  switch (type) {
    case "STANDARD":
      return [];
    case "FARGATE_LINUX":
      return ["system:bootstrappers", "system:nodes", "system:node-proxier"];
    case "EC2_WINDOWS":
      return ["eks:kube-proxy-windows", "system:bootstrappers", "system:nodes"];
    case "EC2":
    case "EC2_LINUX":
    case "HYBRID_LINUX":
    case "HYPERPOD_LINUX":
      return ["system:nodes"];
  }
}
