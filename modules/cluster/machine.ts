import type { LaunchTemplateBlockDeviceMappings, LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { assertNever } from "../schema/assert-never";
import type { Machine } from "./machine-schema";
import type { NodeGroupOptions } from "./node-schema";

type Arguments = Pick<
  LaunchTemplateConfig,
  | "capacityReservationSpecification"
  | "cpuOptions"
  | "creditSpecification"
  | "enclaveOptions"
  | "instanceMarketOptions"
  | "maintenanceOptions"
  | "monitoring"
  | "placement"
>;

/** What a launch template says of machines; nothing of what they are anyway. */
export function machineArguments({ machine, capacity }: Pick<NodeGroupOptions, "machine" | "capacity">): Arguments {
  const { monitoring, enclaves, cpu, credits, autoRecovery, placementGroup, tenancy } = machine;
  const dedicated = tenancy === "dedicated";
  return {
    ...(monitoring ? { monitoring: { enabled: true } } : {}),
    ...(enclaves ? { enclaveOptions: { enabled: true } } : {}),
    ...(cpu === undefined ? {} : { cpuOptions: { coreCount: cpu.cores, threadsPerCore: cpu.threadsPerCore } }),
    ...(credits === undefined ? {} : { creditSpecification: { cpuCredits: credits } }),
    ...(autoRecovery === "default" ? {} : { maintenanceOptions: { autoRecovery } }),
    ...(placementGroup === undefined && !dedicated
      ? {}
      : {
          placement: {
            ...(placementGroup === undefined ? {} : { groupName: placementGroup }),
            ...(dedicated ? { tenancy } : {}),
          },
        }),
    ...(capacity === "CAPACITY_BLOCK" ? { instanceMarketOptions: { marketType: "capacity-block" } } : {}),
    ...reservation(machine.capacityReservation),
  };
}

function reservation(chosen: Machine["capacityReservation"]): Pick<Arguments, "capacityReservationSpecification"> {
  if (chosen === undefined) return {};
  switch (chosen.kind) {
    case "none":
      return { capacityReservationSpecification: { capacityReservationPreference: "none" } };
    case "reservation":
      return { capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: chosen.id } } };
    case "group":
      return {
        capacityReservationSpecification: {
          capacityReservationTarget: { capacityReservationResourceGroupArn: chosen.groupArn },
        },
      };
    default:
      return assertNever("capacity reservation", chosen);
  }
}

/** Volumes beside the first. */
export function moreVolumes({
  machine,
  disk,
}: Pick<NodeGroupOptions, "machine" | "disk">): LaunchTemplateBlockDeviceMappings[] {
  return Object.entries(machine.moreVolumes).map(([deviceName, { sizeGiB, iops, throughputMiBps, snapshotId }]) => ({
    deviceName,
    ebs: {
      volumeType: "gp3",
      volumeSize: sizeGiB,
      encrypted: "true",
      iops,
      throughput: throughputMiBps,
      snapshotId,
      kmsKeyId: disk.kmsKeyArn,
      deleteOnTermination: "true",
    },
  }));
}
