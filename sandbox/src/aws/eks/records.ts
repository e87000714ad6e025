import { z } from "zod";

/**
 * What the sandbox keeps of Amazon EKS, in the shapes that the EKS API answers with. The objects are loose: a field that
 * a newer client sends comes back as it was sent.
 */

const tags = z.record(z.string(), z.string());
const health = z.looseObject({ issues: z.array(z.looseObject({ code: z.string(), message: z.string() })) });

export const authenticationMode = z.enum(["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"]);

export const clusterLogging = z.array(z.object({ types: z.array(z.string()), enabled: z.boolean() }));

export const cluster = z.looseObject({
  name: z.string(),
  arn: z.string(),
  createdAt: z.number(),
  version: z.string(),
  platformVersion: z.string(),
  status: z.literal("ACTIVE"),
  roleArn: z.string(),
  resourcesVpcConfig: z.looseObject({
    subnetIds: z.array(z.string()),
    securityGroupIds: z.array(z.string()),
    clusterSecurityGroupId: z.string(),
    vpcId: z.string(),
    endpointPublicAccess: z.boolean(),
    endpointPrivateAccess: z.boolean(),
    publicAccessCidrs: z.array(z.string()),
  }),
  logging: z.object({ clusterLogging }),
  accessConfig: z.looseObject({ authenticationMode }),
  upgradePolicy: z.looseObject({ supportType: z.enum(["STANDARD", "EXTENDED"]) }),
  identity: z.object({ oidc: z.object({ issuer: z.string() }) }),
  encryptionConfig: z.array(
    z.looseObject({ resources: z.array(z.string()), provider: z.looseObject({ keyArn: z.string() }) }),
  ),
  deletionProtection: z.boolean(),
  health,
  tags,
});
export type Cluster = z.infer<typeof cluster>;

/** What EKS puts into the owner's VPC for a cluster. No EKS operation answers with it. */
export const clusterNetwork = z.object({ securityGroupId: z.string(), networkInterfaceIds: z.array(z.string()) });
export type ClusterNetwork = z.infer<typeof clusterNetwork>;

export const taint = z.looseObject({ key: z.string(), value: z.string().optional(), effect: z.string() });
export const scalingConfig = z.looseObject({ minSize: z.number(), maxSize: z.number(), desiredSize: z.number() });
export const updateConfig = z.looseObject({
  maxUnavailable: z.number().optional(),
  maxUnavailablePercentage: z.number().optional(),
});
export const launchTemplate = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  version: z.string().optional(),
});

export const nodegroup = z.looseObject({
  clusterName: z.string(),
  nodegroupName: z.string(),
  nodegroupArn: z.string(),
  createdAt: z.number(),
  modifiedAt: z.number(),
  status: z.literal("ACTIVE"),
  version: z.string(),
  releaseVersion: z.string(),
  nodeRole: z.string(),
  subnets: z.array(z.string()),
  scalingConfig,
  updateConfig,
  labels: tags,
  taints: z.array(taint),
  launchTemplate: launchTemplate.optional(),
  health,
  tags,
});
export type Nodegroup = z.infer<typeof nodegroup>;

export const fargateProfile = z.looseObject({
  clusterName: z.string(),
  fargateProfileName: z.string(),
  fargateProfileArn: z.string(),
  createdAt: z.number(),
  status: z.literal("ACTIVE"),
  podExecutionRoleArn: z.string(),
  subnets: z.array(z.string()),
  selectors: z.array(z.looseObject({ namespace: z.string(), labels: tags.optional() })),
  health,
  tags,
});
export type FargateProfile = z.infer<typeof fargateProfile>;

export const addon = z.looseObject({
  clusterName: z.string(),
  addonName: z.string(),
  addonArn: z.string(),
  addonVersion: z.string(),
  createdAt: z.number(),
  modifiedAt: z.number(),
  serviceAccountRoleArn: z.string().optional(),
  configurationValues: z.string().optional(),
  podIdentityAssociations: z.array(z.string()),
  tags,
});
export type Addon = z.infer<typeof addon>;

export const accessEntryType = z.enum([
  "STANDARD",
  "EC2",
  "EC2_LINUX",
  "EC2_WINDOWS",
  "FARGATE_LINUX",
  "HYBRID_LINUX",
  "HYPERPOD_LINUX",
]);
export type AccessEntryType = z.infer<typeof accessEntryType>;

export const accessScope = z.object({
  type: z.enum(["cluster", "namespace"]),
  namespaces: z.array(z.string()).default([]),
});

export const associatedAccessPolicy = z.object({
  policyArn: z.string(),
  accessScope,
  associatedAt: z.number(),
  modifiedAt: z.number(),
});
export type AssociatedAccessPolicy = z.infer<typeof associatedAccessPolicy>;

export const accessEntry = z.looseObject({
  clusterName: z.string(),
  principalArn: z.string(),
  accessEntryArn: z.string(),
  kubernetesGroups: z.array(z.string()),
  username: z.string(),
  type: accessEntryType,
  createdAt: z.number(),
  modifiedAt: z.number(),
  tags,
});
export type AccessEntry = z.infer<typeof accessEntry>;

export const podIdentityAssociation = z.looseObject({
  clusterName: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  roleArn: z.string(),
  associationArn: z.string(),
  associationId: z.string(),
  createdAt: z.number(),
  modifiedAt: z.number(),
  /** The add-on that the association belongs to. */
  ownerArn: z.string().optional(),
  tags,
});
export type PodIdentityAssociation = z.infer<typeof podIdentityAssociation>;

export const update = z.object({
  id: z.string(),
  status: z.literal("Successful"),
  type: z.string(),
  params: z.array(z.object({ type: z.string(), value: z.string() })),
  createdAt: z.number(),
  errors: z.array(z.never()),
});
export type Update = z.infer<typeof update>;
