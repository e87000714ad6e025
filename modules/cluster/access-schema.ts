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
  "secret-reader": "AmazonEKSSecretReaderPolicy",
  "auto-node": "AmazonEKSAutoNodePolicy",
} as const;

/**
 * Nodes by what starts them; none of them takes groups or a name, and only those of Auto Mode a policy.
 * Source: EKS user guide, "Create access entries".
 */
export const nodeEntryTypes = [
  "EC2",
  "EC2_LINUX",
  "EC2_WINDOWS",
  "FARGATE_LINUX",
  "HYBRID_LINUX",
  "HYPERPOD_LINUX",
] as const;
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
  type: described(
    "`STANDARD`: people and programs. The others let nodes join that no node group of the environment starts: `EC2` those " +
      "of Auto Mode's own NodeClasses, `EC2_LINUX` and `EC2_WINDOWS` machines of your own, and so on. Cannot change later.",
    z.enum(["STANDARD", ...nodeEntryTypes]).default("STANDARD"),
  ),
  userName: described(
    "Name of the principal in Kubernetes, for RBAC and audit logs. Default: what EKS makes of the ARN, with the session's name.",
    z
      .string()
      .regex(
        /^(?!(system:|eks:|aws:|amazon:|iam:))\S.{0,126}$/,
        "EKS keeps names that begin with system:, eks:, aws:, amazon: and iam: to itself, and takes 127 characters",
      )
      .register(examples, { example: "deployer:{{SessionName}}" })
      .optional(),
  ),
  principalArn: described("Role or user that the entry admits.", principalArn),
  policies: described(
    "EKS access policies and where they count; each stands here once.",
    z
      .array(
        z.strictObject({
          policy: described(
            "Access policy of EKS: `cluster-admin` stands for AmazonEKSClusterAdminPolicy, and so on; any other by its name.",
            z.union([
              z.enum(accessPolicyNames),
              z
                .string()
                .regex(
                  /^Amazon[A-Za-z0-9]+Policy$/,
                  "an access policy of EKS is called like AmazonEKSHybridPolicy; `aws eks list-access-policies` lists them",
                )
                .refine((name) => !Object.values<string>(accessPolicies).includes(name), {
                  error: "this policy has a short word here, which the rules go by",
                  params: { remedy: `write one of ${accessPolicyNames.join(", ")}` },
                })
                .register(examples, { example: "AmazonEKSHybridPolicy" }),
            ]),
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
