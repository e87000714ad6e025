import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cpu, dnsLabel, kmsKeyArn, labels, memory, qualifiedName } from "../schema/primitives";

const requirement = z
  .strictObject({
    key: described(
      "Label of nodes, such as `eks.amazonaws.com/instance-category` or `karpenter.sh/capacity-type`.",
      z
        .string()
        .regex(qualifiedName, "a label's key has letters, digits and - _ . , after an optional domain and /")
        .register(examples, { example: "eks.amazonaws.com/instance-category" }),
    ),
    operator: described("How values count.", z.enum(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"])),
    values: described("Values; none for `Exists` and `DoesNotExist`.", z.array(z.string()).default([])),
  })
  .refine(({ operator, values }) => /Exist/.test(operator) === (values.length === 0), {
    path: ["values"],
    error: "Exists and DoesNotExist take no values, every other operator one or more",
    params: { remedy: "write `values`, or take them out" },
  });

const duration = z
  .string()
  .regex(/^(\d+[smh])+$|^Never$/, "a time looks like 30s or 336h, or is Never")
  .register(examples, { example: "336h" });

/** Source: EKS user guide, "Create a Node Pool for EKS Auto Mode" and "Create a Node Class for Amazon EKS". */
const nodePool = z.strictObject({
  requirements: described(
    "What its machines are. Default: x86 of the general families, on demand.",
    z.array(requirement).default([
      { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
      { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
      { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
    ]),
  ),
  labels: described("Labels of its nodes.", labels.default({})),
  taints: described(
    "Taints of its nodes, as Kubernetes spells them.",
    z
      .array(
        z.strictObject({
          key: described(
            "Key of the taint.",
            z
              .string()
              .regex(qualifiedName, "a taint's key has letters, digits and - _ . , after an optional domain and /")
              .register(examples, { example: "dedicated" }),
          ),
          value: described("Value of the taint. Default: none.", z.string().max(63).optional()),
          effect: described("What it does.", z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])),
        }),
      )
      .default([]),
  ),
  limits: described(
    "What all its nodes have together at most, so that no fault makes nodes without end.",
    z
      .strictObject({
        cpu: described("CPU.", cpu.default("100")),
        memory: described("Memory.", memory.default("400Gi")),
      })
      .prefault({}),
  ),
  weight: described(
    "Which pool comes first, the largest; 0 to 100. Default: none comes first.",
    z.number().int().min(0).max(100).optional(),
  ),
  consolidate: described(
    "When nodes are put together: where they are empty, or where fewer would do too.",
    z.enum(["WhenEmpty", "WhenEmptyOrUnderutilized"]).default("WhenEmptyOrUnderutilized"),
  ),
  consolidateAfter: described("How long that must be so.", duration.default("30s")),
  expireAfter: described(
    "Age at which a node is replaced, 21 days at most.",
    duration.refine((text) => text !== "Never", "Auto Mode replaces every node after 21 days").default("336h"),
  ),
  disruptions: described(
    "How many nodes may go at once, as a number or percent.",
    z
      .string()
      .regex(/^\d+%?$/, "a budget looks like 10% or 1")
      .register(examples, { example: "10%" })
      .default("10%"),
  ),
  storage: described(
    "Volume for images, logs and pods of each node.",
    z
      .strictObject({
        sizeGiB: described("Size in GiB.", z.number().int().min(20).max(59000).default(80)),
        iops: described("Operations a second.", z.number().int().min(3000).max(80000).default(3000)),
        throughputMiBps: described("Throughput in MiB a second.", z.number().int().min(125).max(2000).default(125)),
        kmsKeyArn: described("Key of the volume. Default: AWS's own for EBS.", kmsKeyArn.optional()),
      })
      .prefault({}),
  ),
  networkPolicy: described(
    "What pods may do where no network policy says otherwise.",
    z.enum(["DefaultAllow", "DefaultDeny"]).default("DefaultAllow"),
  ),
});

export const ownNodePools = described(
  "NodePools of your own, by name, each with a NodeClass of its name in the cluster's private subnets and its security group. " +
    "They are made in the controllers stack, before everything that runs on them.",
  z.record(dnsLabel, nodePool).default({}),
);

export type NodePool = z.output<typeof nodePool>;
