import { randomUUID } from "node:crypto";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { addonNamed, checkAddonVersion, configurationObject, defaultAddonVersion } from "./addon-catalogue";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { associationsOwnedBy, checkPodIdentityRole, newAssociation } from "./pod-identity";
import { type Addon, addon } from "./records";
import { checkRoleExists } from "./roles";
import { ofCluster, within } from "./state";
import { recordUpdate } from "./updates";

const fields = z.looseObject({
  addonVersion: z.string().optional(),
  serviceAccountRoleArn: z.string().optional(),
  configurationValues: z.string().optional(),
  podIdentityAssociations: z.array(z.object({ serviceAccount: z.string(), roleArn: z.string() })).optional(),
  resolveConflicts: z.enum(["NONE", "OVERWRITE", "PRESERVE"]).optional(),
  clientRequestToken: z.string().optional(),
});
const createRequest = fields.extend({ addonName: z.string(), tags: addon.shape.tags.default({}) });

export const createAddon: Operation = async (eks, { path, document }) => {
  const cluster = clusterNamed(eks, path("cluster"));
  const { clientRequestToken: _, resolveConflicts: __, ...input } = parse(createRequest, document);
  const entry = addonNamed(input.addonName);
  if (eks.state.addons.has(within(cluster.name, entry.name))) {
    throw new EksError("ResourceInUseException", "Addon already exists.");
  }
  const addonVersion = input.addonVersion ?? defaultAddonVersion(entry, cluster.version);
  checkAddonVersion(entry, addonVersion, cluster.version);
  await checkFields(eks, input);
  const addonArn = arn(eks, `addon/${cluster.name}/${entry.name}/${randomUUID()}`);
  const created: Addon = {
    ...input,
    clusterName: cluster.name,
    addonArn,
    addonVersion,
    createdAt: now(),
    modifiedAt: now(),
    podIdentityAssociations: associate(
      eks,
      cluster.name,
      entry.namespace,
      addonArn,
      input.podIdentityAssociations ?? [],
    ),
    publisher: "eks",
    owner: "aws",
  };
  eks.state.addons.set(within(cluster.name, entry.name), created);
  return { addon: { ...described(eks, created), status: "CREATING" } };
};

export const describeAddon: Operation = (eks, { path }) => ({
  addon: described(eks, addonOf(eks, path("cluster"), path("addon"))),
});

export const listAddons: Operation = (eks, { path, query }) => {
  const addons = ofCluster(eks.state.addons, clusterNamed(eks, path("cluster")).name);
  return page(
    "addons",
    addons.map(({ addonName }) => addonName),
    query,
  );
};

export const updateAddon: Operation = async (eks, { path, document }) => {
  const before = addonOf(eks, path("cluster"), path("addon"));
  const entry = addonNamed(before.addonName);
  const { clientRequestToken: _, resolveConflicts: __, ...input } = parse(fields, document);
  const addonVersion = input.addonVersion ?? before.addonVersion;
  checkAddonVersion(entry, addonVersion, clusterNamed(eks, before.clusterName).version);
  await checkFields(eks, input);
  const { podIdentityAssociations } = input;
  if (podIdentityAssociations !== undefined) {
    removeAssociations(eks, before);
  }
  eks.state.addons.set(within(before.clusterName, before.addonName), {
    ...before,
    ...input,
    addonVersion,
    modifiedAt: now(),
    podIdentityAssociations:
      podIdentityAssociations === undefined
        ? before.podIdentityAssociations
        : associate(eks, before.clusterName, entry.namespace, before.addonArn, podIdentityAssociations),
  });
  return recordUpdate(eks, before.clusterName, "AddonUpdate", input);
};

export const deleteAddon: Operation = (eks, { path }) => {
  const existing = addonOf(eks, path("cluster"), path("addon"));
  removeAssociations(eks, existing);
  eks.state.addons.delete(within(existing.clusterName, existing.addonName));
  return { addon: { ...existing, status: "DELETING" } };
};

/** @throws EksError ResourceNotFoundException */
function addonOf(eks: Eks, clusterName: string, name: string): Addon {
  return found(
    eks.state.addons.get(within(clusterNamed(eks, clusterName).name, name)),
    `No addon: ${name} found in cluster: ${clusterName}`,
  );
}

/** An add-on whose pods have nowhere to run is degraded until nodes or Fargate are there, as in AWS. */
function described(eks: Eks, existing: Addon): object {
  const cluster = clusterNamed(eks, existing.clusterName);
  const automatic = z.looseObject({ enabled: z.boolean().default(false) }).default({ enabled: false });
  const hasCompute =
    ofCluster(eks.state.nodegroups, cluster.name).length > 0 ||
    ofCluster(eks.state.fargateProfiles, cluster.name).length > 0 ||
    automatic.parse(cluster["computeConfig"]).enabled;
  const active = hasCompute || !addonNamed(existing.addonName).needsCompute;
  const issue = {
    code: "InsufficientNumberOfReplicas",
    message: "The add-on is unhealthy because it doesn't have the desired number of replicas.",
    resourceIds: [],
  };
  return { ...existing, status: active ? "ACTIVE" : "DEGRADED", health: { issues: active ? [] : [issue] } };
}

async function checkFields(eks: Eks, input: z.infer<typeof fields>): Promise<void> {
  if (input.configurationValues !== undefined && input.configurationValues !== "") {
    checkConfiguration(input.configurationValues);
  }
  if (input.serviceAccountRoleArn !== undefined) {
    // The role's trust policy names the cluster's OIDC provider and no service.
    await checkRoleExists(eks, input.serviceAccountRoleArn);
  }
  for (const { roleArn } of input.podIdentityAssociations ?? []) {
    await checkPodIdentityRole(eks, roleArn);
  }
}

function checkConfiguration(text: string): void {
  let configuration: unknown;
  try {
    configuration = parseYaml(text);
  } catch {
    configuration = undefined;
  }
  if (!configurationObject.safeParse(configuration).success) {
    throw new EksError("InvalidParameterException", "ConfigurationValue provided is neither a JSON nor a YAML object");
  }
}

function associate(
  eks: Eks,
  clusterName: string,
  namespace: string,
  ownerArn: string,
  wanted: readonly { readonly serviceAccount: string; readonly roleArn: string }[],
): string[] {
  return wanted.map((input) => {
    const association = newAssociation(eks, clusterName, { ...input, namespace, ownerArn });
    eks.state.podIdentityAssociations.set(within(clusterName, association.associationId), association);
    return association.associationArn;
  });
}

function removeAssociations(eks: Eks, { clusterName, addonArn }: Addon): void {
  for (const { associationId } of associationsOwnedBy(eks, clusterName, addonArn)) {
    eks.state.podIdentityAssociations.delete(within(clusterName, associationId));
  }
}
