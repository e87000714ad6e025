import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, dnsLabel, labels, reason } from "../schema/primitives";

/** Amazon Linux 2 is not here: it has no image for Kubernetes 1.33 and newer and ended on 2026-06-30. */
export const amiTypes = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_x86_64_NEURON",
  "BOTTLEROCKET_x86_64",
  "BOTTLEROCKET_ARM_64",
] as const;

/** At most 36 characters: EKS takes 63, and Terraform puts a hyphen and 26 of its own behind. */
export const nodeGroupName = dnsLabel.max(
  36,
  "a node group's name has at most 36 characters, so that a replacement can stand beside it",
);

export const fargateProfileName = dnsLabel.refine(
  (name) => !name.startsWith("eks-"),
  "EKS keeps names of Fargate profiles that begin with eks- to itself",
);

const taint = z.strictObject({
  key: z.string().min(1).max(63),
  /** Default: none. */
  value: z.string().max(63).optional(),
  effect: z.enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]),
});

const updateBudget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("nodes"), count: z.number().int().min(1).max(100) }),
  z.strictObject({ kind: z.literal("percentage"), percentage: z.number().int().min(1).max(100) }),
]);

const nodeGroup = z.strictObject({
  /** Operating system and architecture. Default: `AL2023_x86_64_STANDARD`. */
  amiType: z.enum(amiTypes).default("AL2023_x86_64_STANDARD"),
  /**
   * In order of preference; several help spot capacity. Default: `m7i.large`, or `m7g.large` on arm; none for the
   * images with drivers of accelerators.
   */
  instanceTypes: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/, "an instance type looks like m7i.large")
        .register(examples, { example: "m7i.large" }),
    )
    .min(1)
    .max(20)
    .optional(),
  /** Default: ON_DEMAND. */
  capacity: z.enum(["ON_DEMAND", "SPOT"]).default("ON_DEMAND"),
  /**
   * Number of nodes. `desired` counts at creation only; afterwards an autoscaler owns it. EKS refuses a `min` above the
   * number that runs, so raise that first.
   */
  size: z
    .strictObject({
      min: z.number().int().min(0).default(2),
      desired: z.number().int().min(0).default(2),
      max: z.number().int().min(1).default(4),
    })
    .prefault({}),
  /** Default: none. */
  labels: labels.default({}),
  /** Default: none. */
  taints: z.array(taint).max(50).default([]),
  /** How many nodes an update may take away at once. Default: one. */
  update: updateBudget.prefault({ kind: "nodes", count: 1 }),
  /** Root (AL2023) or data (Bottlerocket) volume, gp3, always encrypted. */
  disk: z
    .strictObject({
      /** In GiB. Default: 50. */
      sizeGiB: z.number().int().min(20).max(16384).default(50),
      /**
       * Customer key of the volume; its policy must admit the role `AWSServiceRoleForAutoScaling`, or no node starts.
       * Default: the account's key for EBS.
       */
      kmsKeyArn: arn.optional(),
    })
    .prefault({}),
  /**
   * Instance metadata is IMDSv2 only, one hop: pods do not reach it. A second hop lets every pod take the node's role.
   * Default: one hop.
   */
  metadata: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("node-only") }),
      z.strictObject({ kind: z.literal("pods-too"), reason }),
    ])
    .prefault({ kind: "node-only" }),
  /** Shell access by Session Manager: attaches AmazonSSMManagedInstanceCore. Default: false. */
  sessionManager: z.boolean().default(false),
});

const acceleratedAmiTypes: ReadonlySet<string> = new Set(["AL2023_x86_64_NVIDIA", "AL2023_x86_64_NEURON"]);

/** One managed node group. */
export const nodeGroupSchema = nodeGroup
  .refine(({ amiType, instanceTypes }) => instanceTypes !== undefined || !acceleratedAmiTypes.has(amiType), {
    path: ["instanceTypes"],
    error:
      "an image with an accelerator's drivers needs instance types that have one, such as g6.xlarge or inf2.xlarge",
    params: { remedy: 'add `instanceTypes: ["g6.xlarge"]` for NVIDIA or `instanceTypes: ["inf2.xlarge"]` for Neuron' },
  })
  .transform(({ instanceTypes, ...group }) => ({
    ...group,
    instanceTypes: instanceTypes ?? [group.amiType.includes("_ARM_64") ? "m7g.large" : "m7i.large"],
  }));

/** A managed node group with every default filled in. */
export type NodeGroupOptions = z.output<typeof nodeGroupSchema>;
export type AmiType = NodeGroupOptions["amiType"];

/** Pods that run without nodes. Source of the limits: EKS user guide, "Define which Pods use AWS Fargate". */
export const fargateProfileSchema = z.strictObject({
  selectors: z
    .array(
      z.strictObject({
        /** Namespace, `*` and `?` allowed. */
        namespace: z.string().min(1),
        /** Labels a pod must have. Default: none. */
        labels: labels.default({}),
      }),
    )
    .min(1)
    .max(5, "a Fargate profile has at most five selectors"),
});

/** A Fargate profile with every default filled in. */
export type FargateProfileOptions = z.output<typeof fargateProfileSchema>;
