import { formatPath, type Problem } from "../../schema/problem";
import type { NodeGroupOptions } from "../node-schema";

/** What the rules of node groups read of an environment. */
interface Declared {
  readonly cluster: { readonly nodeGroups: Readonly<Record<string, NodeGroupOptions>> };
}

/**
 * Processor of an instance type by its name: after the family's letters and generation a `g` stands for Graviton.
 * Source: Amazon EC2 instance types guide, "Naming conventions".
 */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  const [family = ""] = instanceType.split(".");
  const options = /^[a-z]+\d+([a-z]*)/.exec(family)?.[1] ?? "";
  // The first Graviton came before the letter; the Grace processors of NVIDIA's GB systems carry it at the end.
  return family === "a1" || options.includes("g") || /-gb\d+$/.test(family) ? "arm64" : "x86_64";
}

/** Accelerator of an instance type by its family. Source: the same guide, "Accelerated computing". */
function acceleratorOf(instanceType: string): "nvidia" | "neuron" | "none" {
  const [family = ""] = instanceType.split(".");
  if (/^(inf|trn)\d/.test(family)) return "neuron";
  return /^(g|gr|p)\d/.test(family) && family !== "g4ad" ? "nvidia" : "none";
}

function perNodeGroup(
  { cluster }: Declared,
  rule: (group: NodeGroupOptions, path: readonly string[]) => readonly Problem[],
) {
  return Object.entries(cluster.nodeGroups).flatMap(([name, group]) => rule(group, ["cluster", "nodeGroups", name]));
}

export function nodeGroupSizesInOrder(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ size }, path) => {
    if (size.min <= size.desired && size.desired <= size.max) return [];
    const desired = Math.max(size.min, size.desired);
    return [
      {
        path: formatPath([...path, "size"]),
        value: size,
        rule: "a node group holds min <= desired <= max, defaults (2, 2, 4) included",
        remedy: `write \`size: { min: ${size.min}, desired: ${desired}, max: ${Math.max(desired, size.max)} }\`, or smaller ones in that order`,
      },
    ];
  });
}

export function instanceTypesFitImage(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ amiType, instanceTypes }, path) =>
    instanceTypes.flatMap((instanceType, index) => {
      const remedy = misfit(amiType, instanceType);
      return remedy === undefined
        ? []
        : [{ path: formatPath([...path, "instanceTypes", index]), value: instanceType, ...remedy }];
    }),
  );
}

function misfit(
  amiType: NodeGroupOptions["amiType"],
  instanceType: string,
): Pick<Problem, "rule" | "remedy"> | undefined {
  const architecture = amiType.includes("ARM_64") ? "arm64" : "x86_64";
  const actual = architectureOf(instanceType);
  if (actual !== architecture) {
    return {
      rule: `its processor is ${actual}, and the image ${amiType} is for ${architecture}`,
      remedy:
        actual === "arm64"
          ? 'write `amiType: "AL2023_ARM_64_STANDARD"` or "BOTTLEROCKET_ARM_64", or a type without g behind the generation, such as m7i.large'
          : "write an x86_64 `amiType`, or a type with g behind the generation, such as m7g.large",
    };
  }
  const accelerator = acceleratorOf(instanceType);
  if (amiType.endsWith("_NVIDIA") && accelerator !== "nvidia") {
    return {
      rule: `it has no NVIDIA GPU, and the image ${amiType} is for those`,
      remedy: 'write a type with one, such as g6.xlarge, or `amiType: "AL2023_x86_64_STANDARD"`',
    };
  }
  if (amiType === "AL2023_x86_64_NEURON" && accelerator !== "neuron") {
    return {
      rule: `it has no Neuron device, and the image ${amiType} is for those`,
      remedy: 'write a type with one, such as inf2.xlarge, or `amiType: "AL2023_x86_64_STANDARD"`',
    };
  }
  return undefined;
}

/** nodeadm reads settings of the kubelet; Bottlerocket has settings of its own kind. */
export function kubeletSettingsReachNodes(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ amiType, kubelet }, path) =>
    amiType.startsWith("AL2023_") || Object.keys(kubelet).length === 0
      ? []
      : [
          {
            path: formatPath([...path, "kubelet"]),
            value: kubelet,
            rule: `${amiType} has no nodeadm, which reads these settings`,
            remedy: "choose an `amiType` of AL2023, or take `kubelet` out",
          },
        ],
  );
}

/** Source: EBS user guide, "General Purpose SSD volumes": 500 operations a second for each GiB. */
export function volumesLargeEnough(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ disk }, path) =>
    disk.iops === undefined || disk.iops <= disk.sizeGiB * 500
      ? []
      : [
          {
            path: formatPath([...path, "disk", "iops"]),
            value: disk.iops,
            rule: `gp3 gives 500 operations a second to each GiB, so ${disk.sizeGiB * 500} to ${disk.sizeGiB} GiB`,
            remedy: `write \`sizeGiB: ${Math.ceil(disk.iops / 500)}\` or more, or fewer operations`,
          },
        ],
  );
}

/** Source: EKS user guide, "Create a managed node group with Capacity Blocks for ML". */
export function capacityBlocksAreNamed(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ capacity, machine }, path) =>
    capacity !== "CAPACITY_BLOCK" || machine.capacityReservation?.kind === "reservation"
      ? []
      : [
          {
            path: formatPath([...path, "capacity"]),
            value: capacity,
            rule: "a capacity block is bought before, and the machines are started in the one that is named",
            remedy: 'add `machine: { capacityReservation: { kind: "reservation", id: "cr-..." } }`',
          },
        ],
  );
}

/** EC2 runs spot instances in no reservation. Source: EC2 user guide, "Capacity Reservations", considerations. */
export function reservationsAreNotSpot(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ capacity, machine: { capacityReservation } }, path) =>
    capacity !== "SPOT" || capacityReservation === undefined || capacityReservation.kind === "none"
      ? []
      : [
          {
            path: formatPath([...path, "machine", "capacityReservation"]),
            value: capacityReservation,
            rule: "spot instances run in no reservation, so no node would start",
            remedy: 'write `capacity: "ON_DEMAND"`, or take the reservation out',
          },
        ],
  );
}

const reservedLabels = /^([a-z0-9.-]*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;

/** Source: the API's answer, "Label cannot contain reserved prefixes". */
export function nodeLabelsNotReserved(environment: Declared): readonly Problem[] {
  return perNodeGroup(environment, ({ labels }, path) =>
    Object.entries(labels)
      .filter(([key]) => reservedLabels.test(key))
      .map(([key, value]) => ({
        path: formatPath([...path, "labels", key]),
        value,
        rule: "EKS refuses node labels under kubernetes.io, k8s.io and eks.amazonaws.com",
        remedy: `write a key of your own, such as ${JSON.stringify(key.replace(reservedLabels, ""))}`,
      })),
  );
}
