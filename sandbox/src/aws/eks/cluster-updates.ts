import { z } from "zod";
import { checkClusterSubnets } from "./cluster-network";
import { publicAccessCidrs } from "./clusters";
import { clusterNamed, type Eks, type Operation } from "./eks";
import { EksError, parse } from "./errors";
import { createLogGroup, mergeLogging } from "./logging";
import { authenticationMode, type Cluster, cluster, clusterLogging } from "./records";
import { ofCluster } from "./state";
import { recordUpdate } from "./updates";
import { checkUpgrade, minor } from "./versions";

const configRequest = z.looseObject({
  resourcesVpcConfig: z
    .looseObject({
      subnetIds: z.array(z.string()).optional(),
      securityGroupIds: z.array(z.string()).optional(),
      endpointPublicAccess: z.boolean().optional(),
      endpointPrivateAccess: z.boolean().optional(),
      publicAccessCidrs: z.array(z.string()).optional(),
    })
    .optional(),
  logging: z.object({ clusterLogging }).optional(),
  accessConfig: z.object({ authenticationMode }).optional(),
  upgradePolicy: cluster.shape.upgradePolicy.optional(),
  deletionProtection: z.boolean().optional(),
  clientRequestToken: z.string().optional(),
});

type ConfigRequest = z.infer<typeof configRequest>;

/** The names that EKS gives the kinds of change; one request may hold one kind only. */
const updateTypes: readonly (readonly [field: string, type: string])[] = [
  ["logging", "LoggingUpdate"],
  ["accessConfig", "AccessConfigUpdate"],
  ["upgradePolicy", "UpgradePolicyUpdate"],
  ["zonalShiftConfig", "ZonalShiftConfigUpdate"],
  ["deletionProtection", "DeletionProtectionUpdate"],
  ["remoteNetworkConfig", "RemoteNetworkConfigUpdate"],
  ["controlPlaneScalingConfig", "ControlPlaneScalingConfigUpdate"],
  // Auto Mode needs compute, load balancing and storage switched in the same request.
  ["computeConfig", "AutoModeUpdate"],
  ["kubernetesNetworkConfig", "AutoModeUpdate"],
  ["storageConfig", "AutoModeUpdate"],
];

export const updateClusterConfig: Operation = async (eks, { path, document }) => {
  const before = clusterNamed(eks, path("cluster"));
  const { clientRequestToken: _, ...input } = parse(configRequest, document);
  const type = updateType(input);
  const resourcesVpcConfig = await changedVpcConfig(eks, before, input);
  const logging = mergeLogging(before.logging.clusterLogging, input.logging?.clusterLogging ?? []);
  checkAuthenticationMode(before, input);
  await createLogGroup(eks, before.name, logging);
  eks.state.clusters.set(before.name, {
    ...before,
    ...input,
    resourcesVpcConfig,
    logging: { clusterLogging: logging },
    accessConfig: input.accessConfig ?? before.accessConfig,
    upgradePolicy: input.upgradePolicy ?? before.upgradePolicy,
    deletionProtection: input.deletionProtection ?? before.deletionProtection,
    kubernetesNetworkConfig: {
      ...z.looseObject({}).parse(before["kubernetesNetworkConfig"]),
      ...z.looseObject({}).default({}).parse(input["kubernetesNetworkConfig"]),
    },
  });
  return recordUpdate(eks, before.name, type, input);
};

function updateType(input: ConfigRequest): string {
  const types = updateTypes.filter(([field]) => input[field] !== undefined).map(([, type]) => type);
  if (input.resourcesVpcConfig !== undefined) {
    const { subnetIds, securityGroupIds } = input.resourcesVpcConfig;
    types.push(subnetIds === undefined && securityGroupIds === undefined ? "EndpointAccessUpdate" : "VpcConfigUpdate");
  }
  const [type, ...others] = new Set(types);
  if (type === undefined) {
    throw new EksError("InvalidParameterException", "No changes needed for the cluster");
  }
  if (others.length > 0) {
    throw new EksError("InvalidParameterException", "Only one type of update can be allowed.");
  }
  return type;
}

async function changedVpcConfig(
  eks: Eks,
  before: Cluster,
  input: ConfigRequest,
): Promise<Cluster["resourcesVpcConfig"]> {
  const changed = { ...before.resourcesVpcConfig, ...input.resourcesVpcConfig };
  if (input.resourcesVpcConfig?.subnetIds !== undefined) {
    await checkClusterSubnets(eks, before.name, changed.subnetIds);
  }
  const becomesPublic = changed.endpointPublicAccess && !before.resourcesVpcConfig.endpointPublicAccess;
  const keepsDefault = becomesPublic && input.resourcesVpcConfig?.publicAccessCidrs === undefined;
  return {
    ...changed,
    publicAccessCidrs: publicAccessCidrs({ ...changed, ...(keepsDefault ? { publicAccessCidrs: undefined } : {}) }),
  };
}

function checkAuthenticationMode(before: Cluster, input: ConfigRequest): void {
  const order = authenticationMode.options;
  const from = before.accessConfig.authenticationMode;
  const to = input.accessConfig?.authenticationMode ?? from;
  if (order.indexOf(to) < order.indexOf(from)) {
    throw new EksError("InvalidParameterException", `Unsupported authentication mode update from ${from} to ${to}`);
  }
}

export const updateClusterVersion: Operation = (eks, { path, document }) => {
  const before = clusterNamed(eks, path("cluster"));
  const { version } = parse(z.looseObject({ version: z.string() }), document);
  checkUpgrade(before.version, version);
  const behind = ofCluster(eks.state.nodegroups, before.name).filter(
    (group) => minor(version) - minor(group.version) > 3,
  );
  if (behind.length > 0) {
    const names = behind.map(({ nodegroupName }) => nodegroupName).join(", ");
    throw new EksError("InvalidRequestException", `Nodegroups ${names} must be updated before cluster to ${version}`);
  }
  eks.state.clusters.set(before.name, { ...before, version });
  return recordUpdate(eks, before.name, "VersionUpdate", { Version: version, PlatformVersion: "eks.1" });
};

export const associateEncryptionConfig: Operation = (eks, { path, document }) => {
  const before = clusterNamed(eks, path("cluster"));
  const { encryptionConfig } = parse(z.looseObject({ encryptionConfig: cluster.shape.encryptionConfig }), document);
  if (before.encryptionConfig.length > 0) {
    throw new EksError("ResourceInUseException", "Encryption is already enabled for the cluster");
  }
  eks.state.clusters.set(before.name, { ...before, encryptionConfig });
  return recordUpdate(eks, before.name, "AssociateEncryptionConfig", { EncryptionConfig: encryptionConfig });
};
