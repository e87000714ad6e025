import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, mountPath } from "../schema/primitives";

const volume = z.strictObject({
  mountPath: described("Folder in the container.", mountPath),
  sizeGiB: described("Size in GiB. It can grow later, in the claims themselves.", z.number().int().min(1).max(65536)),
  storageClass: described(
    "A class of `storageClasses`, or one that the cluster has anyway. Default: the cluster's default class.",
    dnsLabel.optional(),
  ),
  accessMode: described(
    "Who mounts it: one node, or many at once where the storage can, as EFS does.",
    z.enum(["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]).default("ReadWriteOnce"),
  ),
});

const retention = z.enum(["Retain", "Delete"]).default("Retain");

const restart = described(
  "Whether a container that fails starts again in its pod, or the Job starts a pod more.",
  z.enum(["OnFailure", "Never"]).default("OnFailure"),
);

const jobFields = {
  restart,
  backoffLimit: described("Failures before a Job is given up.", z.number().int().min(0).default(6)),
  deadlineSeconds: described(
    "How long a Job may take, in seconds. Default: as long as it takes.",
    z.number().int().min(1).optional(),
  ),
  parallelism: described("Pods at once.", z.number().int().min(1).default(1)),
  completions: described("Pods that must succeed.", z.number().int().min(1).default(1)),
  keepSeconds: described(
    "How long a Job that has ended stays, in seconds. Default: for good, or as `history` says.",
    z.number().int().min(0).optional(),
  ),
};

/** How the pods of a workload are kept. */
export const runs = described(
  "What keeps the pods. A Job or a CronJob takes no routes, no Service and no autoscaler.",
  z
    .discriminatedUnion("kind", [
      described("A Deployment: pods that stand for each other.", z.strictObject({ kind: z.literal("deployment") })),
      described(
        "A StatefulSet: pods with names and volumes of their own. Its volumes are data: they outlive it unless `whenDeleted` " +
          "says otherwise.",
        z.strictObject({
          kind: z.literal("stateful-set"),
          volumes: described("Volumes of each pod, by name.", z.record(dnsLabel, volume).default({})),
          podManagement: described(
            "Whether pods start and end one after another, or at once.",
            z.enum(["OrderedReady", "Parallel"]).default("OrderedReady"),
          ),
          whenDeleted: described("What becomes of volumes when the StatefulSet goes.", retention),
          whenScaled: described(
            "What becomes of volumes of pods that an autoscaler or a smaller number ends.",
            retention,
          ),
        }),
      ),
      described(
        "A Job, which runs once; a change of it runs it again.",
        z.strictObject({ kind: z.literal("job"), ...jobFields }),
      ),
      described(
        "A CronJob.",
        z.strictObject({
          kind: z.literal("cron-job"),
          schedule: described(
            "When, as cron has it.",
            z
              .string()
              .regex(
                /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*/,A-Za-z-]+( [\d*/,?A-Za-z-]+){4})$/,
                "a schedule has five fields, such as 0 3 * * 1, or is a word such as @daily",
              )
              .register(examples, { example: "0 3 * * *" }),
          ),
          timeZone: described(
            "Time zone of the schedule. Default: that of the control plane, UTC.",
            z
              .string()
              .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/, "a time zone looks like Europe/Berlin")
              .register(examples, { example: "Europe/Berlin" })
              .optional(),
          ),
          concurrency: described(
            "What a run does that meets the one before.",
            z.enum(["Allow", "Forbid", "Replace"]).default("Forbid"),
          ),
          startingDeadlineSeconds: described(
            "How late a run may start, in seconds. Default: however late.",
            z.number().int().min(10).optional(),
          ),
          history: described(
            "Ended Jobs that stay.",
            z
              .strictObject({
                succeeded: described("Those that succeeded.", z.number().int().min(0).default(3)),
                failed: described("Those that failed.", z.number().int().min(0).default(1)),
              })
              .prefault({}),
          ),
          ...jobFields,
        }),
      ),
    ])
    .prefault({ kind: "deployment" }),
);

export type Runs = z.output<typeof runs>;

/** Whether pods run to their end, and nobody calls them. */
export function isJob({ kind }: Pick<Runs, "kind">): boolean {
  return kind === "job" || kind === "cron-job";
}
