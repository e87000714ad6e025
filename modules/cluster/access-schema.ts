import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { principalArn, reason } from "../schema/primitives";

/** EKS access policies by what they grant. */
export const accessPolicies = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
} as const;
const accessPolicyNames = Object.keys(accessPolicies) as [
  keyof typeof accessPolicies,
  ...(keyof typeof accessPolicies)[],
];

const namespacePattern = described(
  "A namespace, with `*` for any text in it.",
  z
    .string()
    .regex(
      /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/,
      "a namespace has lower-case letters, digits and hyphens, at most 63; here * stands for any text",
    )
    .register(examples, { example: "shop" }),
);

export const accessEntry = z.strictObject({
  principalArn: described("Role or user that the entry admits.", principalArn),
  policies: described(
    "EKS access policies and where they count; each stands here once.",
    z
      .array(
        z.strictObject({
          policy: described(
            "Access policy of EKS: `cluster-admin` stands for AmazonEKSClusterAdminPolicy, and so on.",
            z.enum(accessPolicyNames),
          ),
          scope: described(
            "Where the policy counts. Default: in the whole cluster.",
            z
              .discriminatedUnion("kind", [
                z.strictObject({ kind: z.literal("cluster") }),
                z.strictObject({
                  kind: z.literal("namespaces"),
                  namespaces: described(
                    "Namespaces, with `*` for any text in a name.",
                    z.array(namespacePattern).min(1),
                  ),
                }),
              ])
              .prefault({ kind: "cluster" }),
          ),
        }),
      )
      .refine((policies) => new Set(policies.map(({ policy }) => policy)).size === policies.length, {
        error: "EKS knows a policy once for a principal; join the namespaces of both lines in one",
        params: { remedy: "keep one line of the policy, with the namespaces of both" },
      })
      .default([]),
  ),
  groups: described(
    "Kubernetes groups, for RBAC of your own.",
    z
      .array(
        z
          .string()
          .regex(
            /^[A-Za-z0-9]\S{0,252}$/,
            "a group's name has no spaces and begins with a letter or digit, at most 253",
          )
          .refine((group) => !group.startsWith("system:"), "EKS refuses groups that begin with system:")
          .register(examples, { example: "viewers" }),
      )
      .default([]),
  ),
  otherAccount: described(
    "Says that the principal is of another account than the environment's, on purpose. Default: it is of its own.",
    z.strictObject({ reason }).optional(),
  ),
});
