import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, kmsKeyArn } from "../schema/primitives";

const shared = {
  default: described(
    "Whether claims that name no class have this one. A cluster has one such class.",
    z.boolean().default(false),
  ),
  reclaim: described(
    "What becomes of a volume whose claim is gone: `Retain` leaves it, its data and its bill to whoever looks for it.",
    z.enum(["Delete", "Retain"]).default("Delete"),
  ),
  bindsAt: described(
    "When a volume is made: with the first pod, in the zone of its node, or with the claim.",
    z.enum(["WaitForFirstConsumer", "Immediate"]).default("WaitForFirstConsumer"),
  ),
};

export const storageClassesSchema = described(
  "Kinds of volumes that claims of pods may name. Each class is by the driver of its kind.",
  z
    .record(
      dnsLabel,
      z.discriminatedUnion("kind", [
        described(
          "Volumes of EBS, always encrypted, by the add-on `aws-ebs-csi-driver` or by Auto Mode. Claims may grow.",
          z.strictObject({
            kind: z.literal("ebs"),
            ...shared,
            type: described("Type of the volumes.", z.enum(["gp3", "io2", "st1", "sc1"]).default("gp3")),
            iops: described(
              "Operations a second of gp3 and io2. Default: what the type has.",
              z.number().int().min(100).max(256000).optional(),
            ),
            throughputMiBps: described(
              "Throughput of gp3 in MiB a second. Default: 125.",
              z.number().int().min(125).max(2000).optional(),
            ),
            kmsKeyArn: described("Key of the volumes. Default: AWS's own for EBS.", kmsKeyArn.optional()),
          }),
        ),
        described(
          "Folders of a file system of EFS, by the add-on `aws-efs-csi-driver`: many nodes mount them at once.",
          z.strictObject({
            kind: z.literal("efs"),
            ...shared,
            fileSystemId: described(
              "The file system.",
              z
                .string()
                .regex(/^fs-[0-9a-f]{8,40}$/, "a file system's id looks like fs-0123456789abcdef0")
                .register(examples, { example: "fs-0123456789abcdef0" }),
            ),
          }),
        ),
        described(
          "Volumes of any other driver, such as FSx or Mountpoint for S3.",
          z.strictObject({
            kind: z.literal("other"),
            ...shared,
            provisioner: described(
              "Name of the driver.",
              z
                .string()
                .regex(
                  /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?(\/[a-z0-9-]+)?$/,
                  "a driver is called like fsx.csi.aws.com",
                )
                .register(examples, { example: "fsx.csi.aws.com" }),
            ),
            parameters: described("Its parameters.", z.record(z.string(), z.string()).default({})),
          }),
        ),
      ]),
    )
    .refine((classes) => Object.values(classes).filter((one) => one.default).length < 2, {
      error: "a cluster has one default class, and Kubernetes takes the newest of several",
      params: { remedy: "write `default: true` in one of them" },
    })
    .default({}),
);

export type StorageClasses = z.output<typeof storageClassesSchema>;
