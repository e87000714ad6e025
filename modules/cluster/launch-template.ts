import { LaunchTemplate, type LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, type StringMap } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { machineArguments, moreVolumes } from "./machine";
import type { NodeGroupOptions } from "./node-schema";

export interface NodeLaunchTemplateProps {
  /** Begins the template's own name; Terraform puts 26 characters behind. */
  readonly namePrefix: string;
  /** Name of the machines. */
  readonly nodeName: string;
  /** Tags of everything a node consists of. */
  readonly tags: StringMap;
  readonly group: NodeGroupOptions;
}

/** How the machines of a node group are started: metadata by IMDSv2 only, encrypted volumes, tags on all parts. */
export function makeNodeLaunchTemplate(scope: Construct, id: string, props: NodeLaunchTemplateProps): LaunchTemplate {
  const { group } = props;
  const tags: { [key: string]: string } = Fn.merge([props.tags, { Name: props.nodeName, ...group.tags }]);
  return new LaunchTemplate(scope, id, {
    namePrefix: props.namePrefix,
    blockDeviceMappings: [...blockDevices(group), ...moreVolumes(group)],
    ...machineArguments(group),
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: metadataHops(group.metadata),
    },
    ...(Object.keys(group.kubelet).length === 0
      ? {}
      : { userData: Fn.base64encode(Fn.rawString(kubeletUserData(group.kubelet))) }),
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
  });
}

function blockDevices({ amiType, disk }: NodeGroupOptions): LaunchTemplateBlockDeviceMappings[] {
  const volume = (deviceName: string, volumeSize?: number): LaunchTemplateBlockDeviceMappings => ({
    deviceName,
    ebs: {
      volumeType: "gp3",
      volumeSize,
      encrypted: "true",
      ...(volumeSize === undefined ? {} : { iops: disk.iops, throughput: disk.throughputMiBps }),
      kmsKeyId: disk.kmsKeyArn,
      deleteOnTermination: "true",
    },
  });
  // Bottlerocket's first volume is the operating system, as large as its image; images, logs and pods use the second.
  return amiType.startsWith("BOTTLEROCKET_")
    ? [volume("/dev/xvda"), volume("/dev/xvdb", disk.sizeGiB)]
    : [volume("/dev/xvda", disk.sizeGiB)];
}

const boundary = "kubelet-settings";

/**
 * What nodeadm reads beside EKS's own part, which knows the cluster. EKS takes user data of a group without an image of
 * its own as MIME alone, and JSON is YAML.
 * Source: EKS user guide, "Customize managed nodes with launch templates".
 */
function kubeletUserData(config: NodeGroupOptions["kubelet"]): string {
  const nodeConfig = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config } } };
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: application/node.eks.aws",
    "",
    JSON.stringify(nodeConfig),
    "",
    `--${boundary}--`,
    "",
  ].join("\n");
}

function metadataHops(metadata: NodeGroupOptions["metadata"]): number {
  switch (metadata.kind) {
    case "node-only":
      return 1;
    case "pods-too":
      return 2;
    default:
      return assertNever("choice of metadata hops", metadata);
  }
}
