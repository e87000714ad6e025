import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { StorageClasses as StorageClassesOptions } from "./schema";

type StorageClass = StorageClassesOptions[string];

export interface StorageClassesProps {
  readonly classes: StorageClassesOptions;
  /** Whether Auto Mode makes volumes; otherwise the driver of the add-on does. */
  readonly autoMode: boolean;
}

/** Classes of volumes. What makes claims waits for them. */
export class StorageClasses extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { classes, autoMode }: StorageClassesProps) {
    super(scope, id);
    this.ready = Object.entries(classes).map(
      ([name, options]) =>
        new StorageClassV1(this, name, {
          metadata: {
            name,
            ...(options.default ? { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } : {}),
          },
          reclaimPolicy: options.reclaim,
          volumeBindingMode: options.bindsAt,
          allowVolumeExpansion: options.kind === "ebs",
          ...driverOf(options, autoMode),
        }),
    );
  }
}

function driverOf(
  options: StorageClass,
  autoMode: boolean,
): { readonly storageProvisioner: string; readonly parameters: Record<string, string> } {
  switch (options.kind) {
    case "ebs": {
      const { type, iops, throughputMiBps, kmsKeyArn } = options;
      return {
        // Source: EKS user guide, "Create a storage class", of Auto Mode.
        storageProvisioner: autoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
        parameters: {
          type,
          encrypted: "true",
          ...(iops === undefined ? {} : { iops: String(iops) }),
          ...(throughputMiBps === undefined ? {} : { throughput: String(throughputMiBps) }),
          ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
        },
      };
    }
    case "efs":
      return {
        storageProvisioner: "efs.csi.aws.com",
        parameters: { provisioningMode: "efs-ap", fileSystemId: options.fileSystemId, directoryPerms: "700" },
      };
    case "other":
      return { storageProvisioner: options.provisioner, parameters: { ...options.parameters } };
    default:
      return assertNever("kind of storage class", options);
  }
}
