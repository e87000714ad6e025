import { z } from "zod";
import { rolePermissions } from "../identity/schema";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cidr, dnsLabel, region, roleArn } from "../schema/primitives";

const distinct = (list: readonly string[]) => new Set(list).size === list.length;

const securityGroupId = z
  .string()
  .regex(/^sg-[0-9a-f]+$/, "a security group looks like sg-0123456789abcdef0")
  .register(examples, { example: "sg-0123456789abcdef0" });

export const zonalShift = described(
  "Whether AWS may move traffic away from an ill zone: EKS then takes the nodes there out of service. Say `off` where it " +
    'was on. Default: EKS is told nothing, which is off. Source: EKS user guide, "Learn about Amazon Application Recovery ' +
    "Controller's (ARC) Zonal Shift in Amazon EKS\".",
  z.enum(["on", "off"]).optional(),
);

/** Source: ProvisionedControlPlaneTier in the EKS API reference. */
export const scalingTier = described(
  "Size of the control plane: `standard` grows by itself, the others are set aside and paid by the hour. Needs AWS provider " +
    "6.23, so it raises the floor. Default: EKS is told nothing, which is `standard`.",
  z.enum(["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"]).optional(),
);

export const additionalSecurityGroups = described(
  "Security groups on the control plane's interfaces beside the one that EKS makes; at most four.",
  z
    .array(securityGroupId)
    .max(4, "EKS takes four beside its own, since an interface has five")
    .refine(distinct, "a security group stands in the list once")
    .default([]),
);

export const authentication = described(
  "Where EKS looks up who may sign in. `API`: access entries alone. `API_AND_CONFIG_MAP`: the ConfigMap `aws-auth` too, for a " +
    "cluster that comes from it, until every line of it is an entry. There is no way back to the ConfigMap. Source: EKS user " +
    'guide, "Change authentication mode to use access entries".',
  z.enum(["API", "API_AND_CONFIG_MAP"]).default("API"),
);

const prefix = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith("system:"), "Kubernetes keeps names that begin with system: to itself")
  .register(examples, { example: "oidc:" });

export const identityProvider = described(
  "An OpenID Connect provider whose users sign in to Kubernetes beside IAM; EKS takes one. What they may do, `rbac` says. " +
    'Default: none. Source: EKS user guide, "Grant users access to Kubernetes with an external OIDC provider".',
  z
    .strictObject({
      name: described("Name of the association in EKS.", dnsLabel),
      issuerUrl: described(
        "Issuer of the tokens; its discovery document must be reachable from the internet.",
        z
          .string()
          .regex(/^https:\/\/[^\s?#]+$/, "an issuer is an https:// address without a query")
          .register(examples, { example: "https://example.okta.com/oauth2/default" }),
      ),
      clientId: described("Audience that tokens must name.", z.string().min(1).register(examples, { example: "0oa1" })),
      usernameClaim: described(
        "Claim that holds the user's name. Default: `sub`.",
        z.string().min(1).register(examples, { example: "email" }).optional(),
      ),
      usernamePrefix: described(
        "What stands before names, so that none is a name of Kubernetes' own. Default: the issuer's address and `#`.",
        prefix.optional(),
      ),
      groupsClaim: described(
        "Claim that holds groups. Default: none.",
        z.string().min(1).register(examples, { example: "groups" }).optional(),
      ),
      groupsPrefix: described("What stands before groups. Default: nothing.", prefix.optional()),
      requiredClaims: described(
        "Claims that a token must have, with their values.",
        z.record(z.string().min(1).max(63), z.string().min(1).max(253)).default({}),
      ),
    })
    .optional(),
);

export const hybridNodes = described(
  "Machines outside AWS as nodes: their networks, and who they are. The way between them and the VPC is made elsewhere. Cannot " +
    "change between some and none without a new cluster before 1.31. Default: none. Source: EKS user guide, " +
    '"Prepare networking for hybrid nodes".',
  z
    .strictObject({
      nodeNetworks: described(
        "Networks of the machines, private and outside the VPC; at most 15.",
        z.array(cidr).min(1).max(15).refine(distinct, "a network stands in the list once"),
      ),
      podNetworks: described(
        "Networks of their pods, where webhooks run there; at most 15.",
        z.array(cidr).max(15).refine(distinct, "a network stands in the list once").default([]),
      ),
      credentials: described(
        "How a machine proves who it is.",
        z
          .discriminatedUnion("kind", [
            described(
              "A role made here, which hybrid activations of Systems Manager take.",
              z.strictObject({ kind: z.literal("systems-manager") }),
            ),
            described(
              "A role made elsewhere, for IAM Roles Anywhere with certificates of your own.",
              z.strictObject({ kind: z.literal("existing-role"), roleArn: described("The role.", roleArn) }),
            ),
          ])
          .prefault({ kind: "systems-manager" }),
      ),
    })
    .optional(),
);

const capabilityRole = {
  deletion: described(
    "What becomes of the objects that it keeps when it is taken out: EKS knows `RETAIN` alone.",
    z.enum(["RETAIN"]).default("RETAIN"),
  ),
};

const argoCd = z.strictObject({
  kind: z.literal("argocd"),
  ...capabilityRole,
  ...rolePermissions,
  identityCenter: described(
    "Instance of IAM Identity Center that its users come from.",
    z.strictObject({
      instanceArn: described(
        "The instance.",
        z
          .string()
          .regex(
            /^arn:aws[a-z-]*:sso:::instance\/\S+$/,
            "an instance looks like arn:aws:sso:::instance/ssoins-0123456789abcdef",
          )
          .register(examples, { example: "arn:aws:sso:::instance/ssoins-0123456789abcdef" }),
      ),
      region: described("Its region. Default: the environment's.", region.optional()),
    }),
  ),
  namespace: described("Namespace of its applications.", dnsLabel.default("argocd")),
  vpcEndpoints: described(
    "Interface endpoints that its server is reached through; with one it is reached in no other way. Default: by AWS's own address.",
    z
      .array(
        z
          .string()
          .regex(/^vpce-[0-9a-f]+$/, "an endpoint looks like vpce-0123456789abcdef0")
          .register(examples, { example: "vpce-0123456789abcdef0" }),
      )
      .default([]),
  ),
  roles: described(
    "Who is what in it, by ids of users and groups of IAM Identity Center.",
    z
      .array(
        z.strictObject({
          role: described("Role in Argo CD.", z.enum(["ADMIN", "EDITOR", "VIEWER"])),
          identities: described(
            "Users and groups.",
            z
              .array(
                z.strictObject({
                  type: described("A user or a group.", z.enum(["SSO_USER", "SSO_GROUP"])),
                  id: described(
                    "Its id.",
                    z.string().min(1).register(examples, { example: "38414300-1041-708a-01af-0123456789ab" }),
                  ),
                }),
              )
              .min(1),
          ),
        }),
      )
      .default([]),
  ),
});

export const capabilities = described(
  "Controllers that EKS runs outside the cluster's nodes, by a name of your own, one of each kind. Each has a role, which may do " +
    "what is said here and nothing else. Needs AWS provider 6.25, so it raises the floor. Source: EKS user guide, " +
    '"EKS Capabilities".',
  z
    .record(
      dnsLabel,
      z.discriminatedUnion("kind", [
        described(
          "AWS Controllers for Kubernetes: resources of AWS as objects.",
          z.strictObject({ kind: z.literal("ack"), ...capabilityRole, ...rolePermissions }),
        ),
        described(
          "Kinds of your own, each made of several objects, by kro.",
          z.strictObject({ kind: z.literal("kro"), ...capabilityRole, ...rolePermissions }),
        ),
        described("Argo CD: applications out of Git.", argoCd),
      ]),
    )
    .refine((all) => distinct(Object.values(all).map(({ kind }) => kind)), {
      error: "a cluster has one capability of each kind",
      params: { remedy: "keep one of them" },
    })
    .default({}),
);

export type Capability = z.output<typeof capabilities>[string];
export type HybridNodes = NonNullable<z.output<typeof hybridNodes>>;

const existingOrOwn = (what: string) =>
  described(
    `Role of ${what}. Default: one of the environment's own, with what EKS asks for.`,
    z
      .discriminatedUnion("kind", [
        described(
          "A role made here.",
          z.strictObject({ kind: z.literal("own"), policyArns: rolePermissions.policyArns }),
        ),
        described(
          "A role made elsewhere, whose owner sees to its policies.",
          z.strictObject({ kind: z.literal("existing"), roleArn: described("The role.", roleArn) }),
        ),
      ])
      .prefault({ kind: "own" }),
  );

export const roles = described(
  "Roles that AWS takes on for the cluster: those of the environment's own may do more, or other people's take their place.",
  z
    .strictObject({
      controlPlane: existingOrOwn("the control plane"),
      nodes: existingOrOwn("the node groups' nodes"),
      fargate: existingOrOwn("Fargate's machines"),
    })
    .prefault({}),
);

export type RoleChoice = z.output<typeof roles>["nodes"];

export const logGroupClass = described(
  "Class of the log group: `INFREQUENT_ACCESS` costs half to take in and knows no alarms by its text. Cannot change later " +
    'without a new group. Source: CloudWatch Logs user guide, "Log classes".',
  z.enum(["STANDARD", "INFREQUENT_ACCESS"]).default("STANDARD"),
);
