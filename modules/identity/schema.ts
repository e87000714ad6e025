import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, iamResource, policyArns, reason, roleArn } from "../schema/primitives";

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
const operators =
  "Null|((ForAllValues|ForAnyValue):)?(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?";

const operator = z
  .string()
  .regex(new RegExp(`^(${operators})$`), "IAM has no such condition operator")
  .register(examples, { example: "StringEquals" });

const conditionKey = z
  .string()
  .regex(/^[^\s:]+:\S+$/, "a condition's key looks like aws:SourceIp")
  .register(examples, { example: "aws:SourceIp" });

export const statementSchema = described(
  "A statement of a policy of the environment's own.",
  z.strictObject({
    actions: described(
      "`service:Action`; a `*` within an action widens it and needs its reason in review.",
      z
        .array(
          z
            .string()
            .regex(/^[a-z0-9-]+:[A-Za-z0-9*]+$/, "an action looks like s3:GetObject")
            .register(examples, { example: "s3:GetObject" }),
        )
        .min(1),
    ),
    resources: described("ARNs, with `*` where all are meant.", z.array(z.union([iamResource, z.literal("*")])).min(1)),
    conditions: described(
      "Operator, key, value or values, as IAM has them.",
      z.record(operator, z.record(conditionKey, z.union([z.string(), z.array(z.string())]))).default({}),
    ),
  }),
);

const iamName = described(
  "Name of an IAM role or user, used as written: pods and callers name it too.",
  z
    .string()
    .regex(/^[A-Za-z0-9+=,.@_-]{1,64}$/, "an IAM name has letters, digits and + = , . @ _ -, at most 64")
    .register(examples, { example: "orders-reader" }),
);

/** What a role of the environment's own may do. */
export const rolePermissions = {
  statements: described("Statements of the role's policy.", z.array(statementSchema).default([])),
  policyArns: described("Policies made elsewhere, by ARN.", policyArns()),
};

/** What a role may do, with every default filled in. */
export type RolePermissions = z.output<z.ZodObject<typeof rolePermissions>>;

const kube2iamRole = z.strictObject({
  ...rolePermissions,
  legacyFullAccess: described(
    "The five full-access AWS managed policies that the API Gateway Ingress Controller's guide attached. They " +
      "grant far beyond what any pod here needs; for a team that must keep what it had for a while.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("off") }),
        z.strictObject({ kind: z.literal("on"), reason }),
      ])
      .prefault({ kind: "off" }),
  ),
});

const association = described(
  "AWS permissions of a service account that no workload, controller or release of the environment has.",
  z.strictObject({
    namespace: described("Namespace of the service account.", dnsLabel),
    serviceAccount: described("Name of the service account, which is made elsewhere.", dnsLabel),
    role: described(
      "What its pods may do.",
      z.discriminatedUnion("kind", [
        described("A role made here.", z.strictObject({ kind: z.literal("own"), ...rolePermissions })),
        described(
          "A role made elsewhere, whose trust policy admits `pods.eks.amazonaws.com`.",
          z.strictObject({ kind: z.literal("existing"), roleArn: described("The role.", roleArn) }),
        ),
      ]),
    ),
    targetRoleArn: described(
      "Role, of another account for example, that pods end up with: EKS takes the first and goes on to this one, whose trust " +
        "policy must admit the first. Needs AWS provider 6.0, so it raises the floor. Default: none.",
      roleArn.optional(),
    ),
    sessionTags: described(
      "Whether sessions carry cluster, namespace and service account as tags. `off` is for roles whose policies grow too large " +
        "with them, and needs AWS provider 6.0.",
      z.enum(["on", "off"]).default("on"),
    ),
  }),
);

export const identitySchema = described(
  "Identities in AWS.",
  z
    .strictObject({
      workloads: described(
        "How pods get AWS credentials. `pod-identity` needs its agent and EC2 nodes; `irsa` works on Fargate too and " +
          "needs the cluster's OIDC provider in IAM, which is then made.",
        z.enum(["pod-identity", "irsa"]).default("pod-identity"),
      ),
      switchingFrom: described(
        "What `workloads` was before. Roles trust both ways as long as it stands here, so that no pod is without " +
          "credentials until it has restarted: write it with the change, apply every stack, and take it out again. " +
          "Default: nothing is being switched.",
        z.enum(["pod-identity", "irsa"]).optional(),
      ),
      kube2iamRoles: described(
        "Roles that pods take through kube2iam, by name. The nodes may assume these and no others.",
        z.record(iamName, kube2iamRole).default({}),
      ),
      associations: described(
        "Associations of Pod Identity for service accounts that others make, by a name of your own. Source: EKS user guide, " +
          '"Assign an IAM role to a Kubernetes service account".',
        z.record(dnsLabel, association).default({}),
      ),
      users: described(
        "IAM users for callers outside AWS, by name. They get no access key here: a key in a Terraform state is a " +
          "key in every backup of it.",
        z.record(iamName, z.strictObject({})).default({}),
      ),
    })
    .refine(({ workloads, switchingFrom }) => workloads !== switchingFrom, {
      path: ["switchingFrom"],
      error: "it is what `workloads` is now, so nothing is being switched",
      params: { remedy: "take the line out, or write what `workloads` was before" },
    }),
);

export type IdentityOptions = z.output<typeof identitySchema>;
