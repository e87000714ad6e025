import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { reason } from "../schema/primitives";

const waiver = z.strictObject({
  resources: described(
    "Resources that it goes for, as `<stack>: <address>`; `*` stands for any text.",
    z
      .array(
        z
          .string()
          .regex(
            /^(\*|(cluster|identity|controllers|apps|\*): \S+)$/,
            "a resource is written <stack>: <address>, such as cluster: aws_eks_cluster.cluster",
          )
          .register(examples, { example: "cluster: aws_cloudwatch_log_group.*" }),
      )
      .min(1, "a waiver for no resource waives nothing")
      .default(["*"]),
  ),
  reason,
  until: described(
    "Last day in UTC on which it counts. From the next on, synth refuses the environment until the waiver is renewed or " +
      "taken out.",
    z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day is written YYYY-MM-DD")
      .register(examples, { example: "2027-06-30" }),
  ),
});

export const waiversSchema = described(
  "Policies that this environment may break, by the policy's id. `docs/review/policies.md` lists policies.",
  z
    .record(
      z
        .string()
        .regex(/^[a-z]+(-[a-z]+)*$/, "an id of a policy has lower-case words, joined by -")
        .register(examples, { example: "logs-customer-key" }),
      waiver,
    )
    .default({}),
);

/** Waivers of an environment, by the policy's id. */
export type Waivers = z.output<typeof waiversSchema>;
export type Waiver = Waivers[string];
