import { z } from "zod";
import { described } from "../../schema/descriptions";
import { reason } from "../../schema/primitives";

/** Source: VPC Lattice user guide, "Control access to VPC Lattice services using auth policies". */
export const latticeAuthorization = described(
  "Who may call services of the service network.",
  z
    .discriminatedUnion("kind", [
      described(
        "Principals of the environment's account that sign their calls and that IAM lets call " +
          "(`vpc-lattice-svcs:Invoke`); a workload has this by `aws.statements`.",
        z.strictObject({ kind: z.literal("AWS_IAM") }),
      ),
      described(
        "Whatever in the cluster's group reaches it, without a signature.",
        z.strictObject({ kind: z.literal("NONE"), reason }),
      ),
    ])
    .prefault({ kind: "AWS_IAM" }),
);

export type LatticeAuthorization = z.output<typeof latticeAuthorization>;
