import { formatPath, type Problem } from "../../schema/problem";
import type { ClusterOptions } from "../schema";

interface Declared {
  readonly cluster: Pick<ClusterOptions, "access" | "endpoint">;
}

/** Widest network that may reach a public endpoint; nothing wider belongs to one organization. */
const widestPublicPrefix = 8;

export function publicEndpointNotOpen({ cluster: { endpoint } }: Declared): readonly Problem[] {
  if (endpoint.kind === "private") return [];
  return endpoint.cidrs.flatMap((cidr, index) => {
    const prefix = Number(cidr.split("/")[1]);
    if (prefix >= widestPublicPrefix) return [];
    return [
      {
        path: formatPath(["cluster", "endpoint", "cidrs", index]),
        value: cidr,
        rule:
          prefix === 0
            ? "it is the whole internet, and whatever the API server has to ward off then reaches it from everywhere"
            : `a network wider than /${widestPublicPrefix} is more than any one organization has`,
        remedy:
          'write the networks your people come from, such as "203.0.113.0/24", or `endpoint: { kind: "private", clients: [...] }` with them',
      },
    ];
  });
}

/** An entry without either signs in and may do nothing. */
export function accessEntriesGrantSomething({ cluster: { access } }: Declared): readonly Problem[] {
  return Object.entries(access).flatMap(([name, { type, policies, groups }]) =>
    type !== "STANDARD" || policies.length + groups.length > 0
      ? []
      : [
          {
            path: formatPath(["cluster", "access", name]),
            value: access[name],
            rule: "it has neither policies nor groups, so the principal gets in and may do nothing",
            remedy: 'add `policies: [{ policy: "view" }]`, or `groups` that your RBAC knows, or take it out',
          },
        ],
  );
}

/** Source: EKS user guide, "Create access entries": an entry names one IAM role or user. */
export function accessEntriesNameRolesOrUsers({ cluster: { access } }: Declared): readonly Problem[] {
  return Object.entries(access).flatMap(([name, { principalArn }]) =>
    principalArn.endsWith(":root")
      ? [
          {
            path: formatPath(["cluster", "access", name, "principalArn"]),
            value: principalArn,
            rule: "an access entry admits one role or user; an account's root stands for everybody in it only in IAM's own policies",
            remedy: "write the ARN of the role that these people assume",
          },
        ]
      : [],
  );
}

/** Source: EKS user guide, "Create access entries", and CreateAccessEntry in the EKS API reference. */
export function nodeEntriesAreForNodes({ cluster: { access } }: Declared): readonly Problem[] {
  return Object.entries(access).flatMap(([name, entry]): readonly Problem[] => {
    const { type, policies, groups, userName, principalArn } = entry;
    if (type === "STANDARD") return [];
    const at = (field: string) => formatPath(["cluster", "access", name, field]);
    const remedy = `take it out, or write \`type: "STANDARD"\` where it is for people`;
    return [
      ...(groups.length === 0
        ? []
        : [{ path: at("groups"), value: groups, rule: `EKS gives nodes of type ${type} their groups itself`, remedy }]),
      ...(userName === undefined
        ? []
        : [{ path: at("userName"), value: userName, rule: `EKS names nodes of type ${type} itself`, remedy }]),
      ...(policies.length === 0 || type === "EC2"
        ? []
        : [
            {
              path: at("policies"),
              value: policies,
              rule: `EKS takes access policies for entries of type STANDARD and EC2 alone, and this is ${type}`,
              remedy,
            },
          ]),
      ...(/:role\//.test(principalArn)
        ? []
        : [
            {
              path: at("principalArn"),
              value: principalArn,
              rule: "a node signs in with a role",
              remedy: "write the ARN of the role that its machines have",
            },
          ]),
    ];
  });
}
