import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn } from "../schema/primitives";

const volume = z.strictObject({
  sizeGiB: described("Size in GiB; at least that of the snapshot.", z.number().int().min(1).max(16384)),
  iops: described(
    "Operations a second, 3000 to 16000. Default: 3000.",
    z.number().int().min(3000).max(16000).optional(),
  ),
  throughputMiBps: described(
    "MiB a second, 125 to 1000. Default: 125.",
    z.number().int().min(125).max(1000).optional(),
  ),
  snapshotId: described(
    "Snapshot that it begins as, such as a cache of images. Default: it is empty.",
    z
      .string()
      .regex(/^snap-[0-9a-f]{8,17}$/, "a snapshot's id looks like snap-0123456789abcdef0")
      .register(examples, { example: "snap-0123456789abcdef0" })
      .optional(),
  ),
});

/** Machines of a node group beside their type. Source: EKS user guide, "Customize managed nodes with launch templates". */
export const machine = described(
  "What machines are beside their type.",
  z
    .strictObject({
      monitoring: described(
        "Measures of EC2 every minute instead of every five, which are billed.",
        z.boolean().default(false),
      ),
      enclaves: described("Lets processes make Nitro enclaves.", z.boolean().default(false)),
      cpu: described(
        "Cores and threads of each. Default: all that the type has.",
        z
          .strictObject({
            cores: described("Number of cores.", z.number().int().min(1)),
            threadsPerCore: described("Threads of a core; 1 turns the second one off.", z.number().int().min(1).max(2)),
          })
          .optional(),
      ),
      credits: described(
        "Whether burstable types may use more than they have saved, which is billed. Default: as the type has it.",
        z.enum(["standard", "unlimited"]).optional(),
      ),
      autoRecovery: described(
        "Whether EC2 moves a machine whose hardware fails.",
        z.enum(["default", "disabled"]).default("default"),
      ),
      placementGroup: described(
        "Placement group, by name, that machines stand in. Default: none.",
        z
          .string()
          .regex(/^[^\s].{0,254}$/, "a placement group has a name of at most 255 characters")
          .register(examples, { example: "near-each-other" })
          .optional(),
      ),
      tenancy: described(
        "Whether hardware is shared with other accounts.",
        z.enum(["default", "dedicated"]).default("default"),
      ),
      capacityReservation: described(
        "Capacity that was reserved before. Default: whatever reservation is open and fits.",
        z
          .discriminatedUnion("kind", [
            described("None, so that it stays for others.", z.strictObject({ kind: z.literal("none") })),
            described(
              "One reservation or capacity block.",
              z.strictObject({
                kind: z.literal("reservation"),
                id: described(
                  "Its id.",
                  z
                    .string()
                    .regex(/^cr-[0-9a-f]{8,17}$/, "a capacity reservation's id looks like cr-0123456789abcdef0")
                    .register(examples, { example: "cr-0123456789abcdef0" }),
                ),
              }),
            ),
            described(
              "Those of a resource group.",
              z.strictObject({ kind: z.literal("group"), groupArn: described("The group.", arn) }),
            ),
          ])
          .optional(),
      ),
      moreVolumes: described(
        "Volumes beside the first, by device name, gp3 and encrypted with the key of `disk`.",
        z
          .record(
            z
              .string()
              .regex(
                /^\/dev\/(sd[f-p]|xvd[c-z])$/,
                "a device is called /dev/xvdc to /dev/xvdz, or /dev/sdf to /dev/sdp",
              )
              .register(examples, { example: "/dev/xvdc" }),
            volume,
          )
          .default({}),
      ),
    })
    .prefault({}),
);

export type Machine = z.output<typeof machine>;
