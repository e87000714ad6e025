import { z } from "zod";

const tags = z.record(z.string(), z.string());

export const serviceNetwork = z.looseObject({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  authType: z.string(),
  createdAt: z.string(),
  lastUpdatedAt: z.string(),
  tags,
});
export type ServiceNetwork = z.infer<typeof serviceNetwork>;

export const vpcAssociation = z.looseObject({
  id: z.string(),
  arn: z.string(),
  status: z.literal("ACTIVE"),
  serviceNetworkId: z.string(),
  vpcId: z.string(),
  securityGroupIds: z.array(z.string()),
  createdAt: z.string(),
  lastUpdatedAt: z.string(),
  tags,
});
export type VpcAssociation = z.infer<typeof vpcAssociation>;

export const authPolicy = z.object({ policy: z.string(), createdAt: z.string(), lastUpdatedAt: z.string() });
export type AuthPolicy = z.infer<typeof authPolicy>;

/** Service networks, their associations with VPCs and their policies, by id; of policies that of the network. */
export const latticeState = z.object({
  serviceNetworks: z
    .record(z.string(), serviceNetwork)
    .default({})
    .transform((rows) => new Map(Object.entries(rows))),
  vpcAssociations: z
    .record(z.string(), vpcAssociation)
    .default({})
    .transform((rows) => new Map(Object.entries(rows))),
  authPolicies: z
    .record(z.string(), authPolicy)
    .default({})
    .transform((rows) => new Map(Object.entries(rows))),
});
export type LatticeState = z.infer<typeof latticeState>;
