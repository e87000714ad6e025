import { randomUUID } from "node:crypto";
import { EC2ServiceException } from "@aws-sdk/client-ec2";
import { z } from "zod";
import { Ec2 } from "../ec2/client";
import { admitNodes, dismissNodes } from "./access-entries";
import { findSubnets } from "./cluster-network";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { launchTemplate, type Nodegroup, nodegroup, scalingConfig, updateConfig } from "./records";
import { checkTrusts } from "./roles";
import { ofCluster, within } from "./state";
import { checkOffered, minor } from "./versions";

const createRequest = z.looseObject({
  nodegroupName: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/),
  nodeRole: z.string(),
  subnets: z.array(z.string()).min(1),
  scalingConfig: scalingConfig.default({ minSize: 1, maxSize: 2, desiredSize: 2 }),
  updateConfig: updateConfig.default({ maxUnavailable: 1 }),
  amiType: z.string().optional(),
  capacityType: z.string().default("ON_DEMAND"),
  instanceTypes: z.array(z.string()).optional(),
  diskSize: z.number().optional(),
  remoteAccess: z.looseObject({}).optional(),
  launchTemplate: launchTemplate.optional(),
  labels: nodegroup.shape.labels.default({}),
  taints: nodegroup.shape.taints.default([]),
  version: z.string().optional(),
  releaseVersion: z.string().optional(),
  tags: nodegroup.shape.tags.default({}),
  clientRequestToken: z.string().optional(),
});

export const createNodegroup: Operation = async (eks, { path, document }) => {
  const { name: clusterName, version: clusterVersion } = clusterNamed(eks, path("cluster"));
  const { clientRequestToken: _, ...input } = parse(createRequest, document);
  const key = within(clusterName, input.nodegroupName);
  if (eks.state.nodegroups.has(key)) {
    throw new EksError(
      "ResourceInUseException",
      `NodeGroup already exists with name ${input.nodegroupName} and cluster name ${clusterName}`,
    );
  }
  checkScaling(input.scalingConfig);
  const version = input.version ?? clusterVersion;
  checkNodeVersion(version, clusterVersion);
  await checkTrusts(eks, input.nodeRole, "ec2.amazonaws.com");
  await findSubnets(eks, input.subnets);
  const template = await resolveLaunchTemplate(eks, input.launchTemplate);
  checkAgainstTemplate(input, template);
  const id = randomUUID();
  const created: Nodegroup = {
    ...input,
    clusterName,
    nodegroupArn: arn(eks, `nodegroup/${clusterName}/${input.nodegroupName}/${id}`),
    createdAt: now(),
    modifiedAt: now(),
    status: "ACTIVE",
    version,
    releaseVersion: input.releaseVersion ?? releaseVersion(version),
    amiType: template?.imageId === undefined ? (input.amiType ?? "AL2023_x86_64_STANDARD") : "CUSTOM",
    ...(template?.instanceType === undefined ? { instanceTypes: input.instanceTypes ?? ["t3.medium"] } : {}),
    ...(template === undefined ? { diskSize: input.diskSize ?? 20 } : { launchTemplate: template.reference }),
    resources: { autoScalingGroups: [{ name: `eks-${input.nodegroupName}-${id}` }] },
    health: { issues: [] },
  };
  eks.state.nodegroups.set(key, created);
  admitNodes(eks, clusterName, created.nodeRole, "EC2_LINUX");
  return { nodegroup: { ...created, status: "CREATING" } };
};

export const describeNodegroup: Operation = (eks, { path }) => ({
  nodegroup: nodegroupOf(eks, path("cluster"), path("nodegroup")),
});

export const listNodegroups: Operation = (eks, { path, query }) => {
  const groups = ofCluster(eks.state.nodegroups, clusterNamed(eks, path("cluster")).name);
  return page(
    "nodegroups",
    groups.map(({ nodegroupName }) => nodegroupName),
    query,
  );
};

export const deleteNodegroup: Operation = (eks, { path }) => {
  const existing = nodegroupOf(eks, path("cluster"), path("nodegroup"));
  eks.state.nodegroups.delete(within(existing.clusterName, existing.nodegroupName));
  dismissNodes(eks, existing.clusterName, existing.nodeRole);
  return { nodegroup: { ...existing, status: "DELETING" } };
};

/** @throws EksError ResourceNotFoundException */
export function nodegroupOf(eks: Eks, clusterName: string, name: string): Nodegroup {
  return found(
    eks.state.nodegroups.get(within(clusterNamed(eks, clusterName).name, name)),
    `No node group found for name: ${name}.`,
  );
}

/** @throws EksError InvalidParameterException unless minimum, desired and maximum size are in order */
export function checkScaling({ minSize, desiredSize, maxSize }: z.infer<typeof scalingConfig>): void {
  if (minSize > desiredSize || desiredSize > maxSize || maxSize < 1) {
    throw new EksError(
      "InvalidParameterException",
      `Sizes must be in order: minimum ${minSize}, desired ${desiredSize}, maximum ${maxSize}`,
    );
  }
}

/** @throws EksError InvalidParameterException when the nodes would be newer than the control plane, or far older */
export function checkNodeVersion(version: string, clusterVersion: string): void {
  checkOffered(version);
  const behind = minor(clusterVersion) - minor(version);
  if (behind < 0 || behind > 3) {
    throw new EksError(
      "InvalidParameterException",
      `Nodegroup Kubernetes version ${version} is not allowed with cluster version ${clusterVersion}`,
    );
  }
}

/** The name of an AMI release of a Kubernetes version. The date is made up: AMIs do not exist here. */
export function releaseVersion(version: string): string {
  return `${version}.0-20260801`;
}

interface ResolvedTemplate {
  readonly reference: { readonly id: string; readonly name: string; readonly version: string };
  readonly imageId: string | undefined;
  readonly instanceType: string | undefined;
  readonly holdsDisk: boolean;
}

/** Completes a reference to a launch template, which comes with an id or a name and perhaps a version. */
export async function resolveLaunchTemplate(
  eks: Eks,
  reference: z.infer<typeof launchTemplate> | undefined,
): Promise<ResolvedTemplate | undefined> {
  if (reference === undefined) {
    return undefined;
  }
  try {
    const ec2 = new Ec2(eks.moto, eks.region);
    const {
      LaunchTemplateId: id = "",
      LaunchTemplateName: name = "",
      DefaultVersionNumber: defaultVersion,
    } = await ec2.launchTemplate({
      ...(reference.id === undefined ? {} : { id: reference.id }),
      ...(reference.name === undefined ? {} : { name: reference.name }),
    });
    const version = reference.version ?? String(defaultVersion);
    const data = await ec2.launchTemplateData(id, version);
    return {
      reference: { id, name, version },
      imageId: data.ImageId,
      instanceType: data.InstanceType,
      holdsDisk: (data.BlockDeviceMappings ?? []).length > 0,
    };
  } catch (error) {
    throw error instanceof EC2ServiceException ? new EksError("InvalidParameterException", error.message) : error;
  }
}

function checkAgainstTemplate(input: z.infer<typeof createRequest>, template: ResolvedTemplate | undefined): void {
  if (template === undefined) {
    return;
  }
  if (input.diskSize !== undefined) {
    throw new EksError("InvalidParameterException", "Disk size must be specified within the launch template.");
  }
  if (input.remoteAccess !== undefined) {
    throw new EksError(
      "InvalidParameterException",
      "Remote access configuration cannot be specified with a launch template.",
    );
  }
  if (input.instanceTypes !== undefined && template.instanceType !== undefined) {
    throw new EksError(
      "InvalidParameterException",
      "Instance types can be specified within the launch template or the node group, not both.",
    );
  }
}
