import { z } from "zod";
import { awsTags } from "../schema/aws-tags";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, dnsLabel, json, labels, qualifiedName, reason } from "../schema/primitives";
import { machine } from "./machine-schema";

/** Amazon Linux 2 is not here: it has no image for Kubernetes 1.33 and newer and ended on 2026-06-30. */
export const amiTypes = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_x86_64_NEURON",
  "AL2023_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64",
  "BOTTLEROCKET_ARM_64",
  "BOTTLEROCKET_x86_64_FIPS",
  "BOTTLEROCKET_ARM_64_FIPS",
  "BOTTLEROCKET_x86_64_NVIDIA",
  "BOTTLEROCKET_ARM_64_NVIDIA",
] as const;

export const nodeGroupName = described(
  "Name of a node group, at most 36 characters: EKS takes 63, and Terraform puts a hyphen and 26 of its own behind.",
  dnsLabel.max(36, "a node group's name has at most 36 characters, so that a replacement can stand beside it"),
);

export const fargateProfileName = dnsLabel.refine(
  (name) => !name.startsWith("eks-"),
  "EKS keeps names of Fargate profiles that begin with eks- to itself",
);

const taint = z.strictObject({
  key: described(
    "Key of the taint.",
    z
      .string()
      .regex(qualifiedName, "a taint's key has letters, digits and - _ . , after an optional domain and /")
      .max(63, "EKS takes at most 63 characters")
      .register(examples, { example: "dedicated" }),
  ),
  value: described(
    "Value of the taint. Default: none.",
    z
      .string()
      .regex(
        /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
        "a taint's value has letters, digits and - _ . , at most 63",
      )
      .register(examples, { example: "batch" })
      .optional(),
  ),
  effect: described(
    "What happens to pods that do not tolerate it.",
    z.enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]),
  ),
});

const updateBudget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("nodes"), count: described("Nodes at once.", z.number().int().min(1).max(100)) }),
  z.strictObject({
    kind: z.literal("percentage"),
    percentage: described("Percent of the nodes at once.", z.number().int().min(1).max(100)),
  }),
]);

const nodeGroup = z.strictObject({
  amiType: described("Operating system and architecture.", z.enum(amiTypes).default("AL2023_x86_64_STANDARD")),
  release: described(
    "Release of the image. `latest`: the newest for the version of Kubernetes, looked up at each plan, so that nodes " +
      "get their security fixes; they are replaced one after another, as `update` says. Or one release, such as " +
      "`1.35.3-20260911`, or `1.52.0-1a2b3c4d` of Bottlerocket, which then has to follow the version of Kubernetes by hand.",
    z
      .union([
        z.literal("latest"),
        z
          .string()
          .regex(
            /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
            "a release looks like 1.35.3-20260911, or 1.52.0-1a2b3c4d of Bottlerocket",
          )
          .register(examples, { example: "1.35.3-20260911" }),
      ])
      .default("latest"),
  ),
  instanceTypes: described(
    "Instance types in order of preference; several help spot capacity. Default: `m7i.large`, or `m7g.large` on arm; none for " +
      "the images with drivers of accelerators.",
    z
      .array(
        z
          .string()
          .regex(/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/, "an instance type looks like m7i.large")
          .register(examples, { example: "m7i.large" }),
      )
      .min(1)
      .max(20)
      .optional(),
  ),
  capacity: described(
    "How instances are bought: on demand, as spot capacity, which AWS takes back at two minutes' notice, or as a capacity " +
      "block, which `machine.capacityReservation` names.",
    z.enum(["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"]).default("ON_DEMAND"),
  ),
  size: described(
    "Number of nodes. `desired` counts at creation only; afterwards an autoscaler owns it. EKS refuses a `min` " +
      "above the number that runs, so raise that first.",
    z
      .strictObject({
        min: described("Fewest nodes.", z.number().int().min(0).default(2)),
        desired: described(
          "Nodes at creation. A group that takes the place of another starts with as many as run of that.",
          z.number().int().min(0).default(2),
        ),
        max: described("Most nodes.", z.number().int().min(1).default(4)),
      })
      .prefault({}),
  ),
  labels: described("Labels of the nodes in Kubernetes.", labels.default({})),
  taints: described(
    "Taints of the nodes: pods that do not tolerate them go elsewhere.",
    z
      .array(taint)
      .max(50)
      .refine((taints) => new Set(taints.map(({ key, effect }) => `${key} ${effect}`)).size === taints.length, {
        error: "a node has one taint of a key and an effect",
        params: { remedy: "take out the one that is there twice" },
      })
      .default([]),
  ),
  update: described(
    "How many nodes an update may take away at once. Default: one.",
    updateBudget.prefault({ kind: "nodes", count: 1 }),
  ),
  disk: described(
    "Root (AL2023) or data (Bottlerocket) volume, gp3, always encrypted.",
    z
      .strictObject({
        sizeGiB: described("Size in GiB.", z.number().int().min(20).max(16384).default(50)),
        iops: described(
          "Operations a second, 3000 to 16000, which gp3 gives to any size from 32 GiB on. Default: the 3000 that cost " +
            'nothing more. Source: EBS user guide, "General Purpose SSD volumes".',
          z.number().int().min(3000).max(16000).optional(),
        ),
        throughputMiBps: described(
          "MiB a second, 125 to 1000, at most a quarter of the operations a second. Default: the 125 that cost nothing more.",
          z.number().int().min(125).max(1000).optional(),
        ),
        kmsKeyArn: described(
          "Customer key of the volume; its policy must admit the role `AWSServiceRoleForAutoScaling`, or no node " +
            "starts. Default: the account's key for EBS.",
          arn.optional(),
        ),
      })
      .refine(({ iops = 3000, throughputMiBps = 125 }) => throughputMiBps * 4 <= iops, {
        path: ["throughputMiBps"],
        error: "gp3 gives a MiB a second to every four operations a second",
        params: { remedy: "raise `iops` to four times of it, or lower it" },
      })
      .prefault({}),
  ),
  subnets: described(
    "Where its nodes stand. One zone is for volumes and reservations that are of one zone. Default: every private subnet.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("all") }),
        described(
          "Of a network that is created here.",
          z.strictObject({
            kind: z.literal("zones"),
            zones: described(
              "Letters of `network.zones`.",
              z
                .array(
                  z
                    .string()
                    .regex(/^[a-z]$/, "a zone is a letter of `network.zones`")
                    .register(examples, { example: "a" }),
                )
                .min(1),
            ),
          }),
        ),
        described(
          "Of a network that exists.",
          z.strictObject({
            kind: z.literal("ids"),
            subnetIds: described(
              "Some of `network.privateSubnetIds`.",
              z
                .array(
                  z
                    .string()
                    .regex(/^subnet-[0-9a-f]{8,17}$/, "a subnet's id looks like subnet-0123456789abcdef0")
                    .register(examples, { example: "subnet-0123456789abcdef0" }),
                )
                .min(1),
            ),
          }),
        ),
      ])
      .prefault({ kind: "all" }),
  ),
  nodeRepair: described(
    'Lets EKS replace or restart nodes that its monitoring finds broken. Source: EKS user guide, "Enable automatic node repair".',
    z.boolean().default(false),
  ),
  forceUpdate: described(
    "Goes on with an update where disruption budgets let no pod go: those pods are ended all the same. Default: the update fails.",
    z.strictObject({ reason }).optional(),
  ),
  tags: described("Tags of its machines, volumes and interfaces, beside those of the environment.", awsTags),
  kubelet: described(
    "Settings of the kubelet, as `KubeletConfiguration` of Kubernetes has them, such as `{ maxPods: 110 }`. For AL2023 alone. " +
      "Source: nodeadm, NodeConfig API.",
    z.record(z.string(), json).default({}),
  ),
  machine,
  metadata: described(
    "Instance metadata is IMDSv2 only, one hop: pods do not reach it. A second hop lets every pod take the " +
      "node's role.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("node-only") }),
        z.strictObject({ kind: z.literal("pods-too"), reason }),
      ])
      .prefault({ kind: "node-only" }),
  ),
  sessionManager: described(
    "Shell access by Session Manager: attaches AmazonSSMManagedInstanceCore.",
    z.boolean().default(false),
  ),
});

const hasAccelerator = (amiType: string) => /_(NVIDIA|NEURON)$/.test(amiType);

export const nodeGroupSchema = described(
  "One managed node group.",
  nodeGroup
    .refine(({ amiType, instanceTypes }) => instanceTypes !== undefined || !hasAccelerator(amiType), {
      path: ["instanceTypes"],
      error:
        "an image with an accelerator's drivers needs instance types that have one, such as g6.xlarge or inf2.xlarge",
      params: {
        remedy: 'add `instanceTypes: ["g6.xlarge"]` for NVIDIA or `instanceTypes: ["inf2.xlarge"]` for Neuron',
      },
    })
    .transform(({ instanceTypes, ...group }) => ({
      ...group,
      instanceTypes: instanceTypes ?? [group.amiType.includes("_ARM_64") ? "m7g.large" : "m7i.large"],
    })),
);

/** A managed node group with every default filled in. */
export type NodeGroupOptions = z.output<typeof nodeGroupSchema>;
export type AmiType = NodeGroupOptions["amiType"];

export const fargateProfileSchema = described(
  'Pods that run without nodes. Source: EKS user guide, "Define which Pods use AWS Fargate".',
  z.strictObject({
    selectors: described(
      "Which pods, by namespace and labels; one match is enough.",
      z
        .array(
          z.strictObject({
            namespace: described(
              "Namespace, `*` and `?` allowed.",
              z
                .string()
                .regex(
                  /^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/,
                  "a namespace has lower-case letters, digits and hyphens, at most 63; here * and ? stand for others",
                )
                .register(examples, { example: "shop" }),
            ),
            labels: described("Labels a pod must have.", labels.default({})),
          }),
        )
        .min(1)
        .max(5, "a Fargate profile has at most five selectors"),
    ),
  }),
);

/** A Fargate profile with every default filled in. */
export type FargateProfileOptions = z.output<typeof fargateProfileSchema>;
