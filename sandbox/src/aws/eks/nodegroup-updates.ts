import { z } from "zod";
import { clusterNamed, now, type Operation } from "./eks";
import { EksError, parse } from "./errors";
import { checkNodeVersion, checkScaling, nodegroupOf, releaseVersion, resolveLaunchTemplate } from "./nodegroups";
import { launchTemplate, type Nodegroup, taint, updateConfig } from "./records";
import { within } from "./state";
import { recordUpdate } from "./updates";

const configRequest = z.looseObject({
  labels: z
    .object({
      addOrUpdateLabels: z.record(z.string(), z.string()).default({}),
      removeLabels: z.array(z.string()).default([]),
    })
    .optional(),
  taints: z
    .object({ addOrUpdateTaints: z.array(taint).default([]), removeTaints: z.array(taint).default([]) })
    .optional(),
  scalingConfig: z
    .looseObject({ minSize: z.number().optional(), maxSize: z.number().optional(), desiredSize: z.number().optional() })
    .optional(),
  updateConfig: updateConfig.optional(),
  clientRequestToken: z.string().optional(),
});

export const updateNodegroupConfig: Operation = (eks, { path, document }) => {
  const before = nodegroupOf(eks, path("cluster"), path("nodegroup"));
  const { clientRequestToken: _, labels, taints, scalingConfig, ...input } = parse(configRequest, document);
  const after: Nodegroup = {
    ...before,
    ...input,
    updateConfig: input.updateConfig ?? before.updateConfig,
    scalingConfig: { ...before.scalingConfig, ...scalingConfig },
    labels: {
      ...Object.fromEntries(Object.entries(before.labels).filter(([name]) => !labels?.removeLabels.includes(name))),
      ...labels?.addOrUpdateLabels,
    },
    taints: changedTaints(before.taints, taints?.addOrUpdateTaints ?? [], taints?.removeTaints ?? []),
    modifiedAt: now(),
  };
  checkScaling(after.scalingConfig);
  eks.state.nodegroups.set(within(after.clusterName, after.nodegroupName), after);
  return recordUpdate(eks, after.clusterName, "ConfigUpdate", { labels, taints, scalingConfig, ...input });
};

type Taint = z.infer<typeof taint>;

function changedTaints(before: readonly Taint[], changed: readonly Taint[], removed: readonly Taint[]): Taint[] {
  const same = (one: Taint) => (other: Taint) => one.key === other.key && one.effect === other.effect;
  return [...before.filter((one) => ![...changed, ...removed].some(same(one))), ...changed];
}

const versionRequest = z.looseObject({
  version: z.string().optional(),
  releaseVersion: z.string().optional(),
  launchTemplate: launchTemplate.optional(),
});

export const updateNodegroupVersion: Operation = async (eks, { path, document }) => {
  const before = nodegroupOf(eks, path("cluster"), path("nodegroup"));
  const cluster = clusterNamed(eks, before.clusterName);
  const input = parse(versionRequest, document);
  const version = input.version ?? before.version;
  checkNodeVersion(version, cluster.version);
  if (input.launchTemplate !== undefined && before.launchTemplate === undefined) {
    throw new EksError(
      "InvalidRequestException",
      "A node group that was made without a launch template cannot be given one.",
    );
  }
  const template = await resolveLaunchTemplate(eks, input.launchTemplate);
  const after: Nodegroup = {
    ...before,
    version,
    releaseVersion:
      input.releaseVersion ?? (version === before.version ? before.releaseVersion : releaseVersion(version)),
    ...(template === undefined ? {} : { launchTemplate: template.reference }),
    modifiedAt: now(),
  };
  eks.state.nodegroups.set(within(after.clusterName, after.nodegroupName), after);
  return recordUpdate(eks, after.clusterName, "VersionUpdate", {
    Version: after.version,
    ReleaseVersion: after.releaseVersion,
    LaunchTemplateVersion: template?.reference.version,
  });
};
