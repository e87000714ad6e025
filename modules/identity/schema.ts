import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { iamResource, policyArns, reason } from "../schema/primitives";

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
