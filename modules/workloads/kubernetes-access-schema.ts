import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { reason } from "../schema/primitives";

const word = (example: string) => z.string().min(1).register(examples, { example });

export const rbacRule = z.strictObject({
  apiGroups: described('Groups of the API; "" is that of pods and Services.', z.array(z.string()).default([""])),
  resources: described("Kinds, in the plural, such as `pods` or `pods/log`.", z.array(word("pods")).min(1)),
  resourceNames: described("Names of objects. Default: all of them.", z.array(word("settings")).default([])),
  verbs: described("What may be done, such as `get`, `list` and `watch`.", z.array(word("get")).min(1)),
});

/** What pods may do in Kubernetes. */
export const kubernetesAccess = described(
  "What the pods may do in Kubernetes, through a service account of the workload's own, whose token they then have. Default: " +
    "nothing, and no token.",
  z
    .discriminatedUnion("kind", [
      described(
        "In the workload's namespace.",
        z.strictObject({ kind: z.literal("namespace"), rules: described("Rules of RBAC.", z.array(rbacRule).min(1)) }),
      ),
      described(
        "In the whole cluster.",
        z.strictObject({
          kind: z.literal("cluster"),
          rules: described("Rules of RBAC.", z.array(rbacRule).min(1)),
          reason,
        }),
      ),
    ])
    .optional(),
);

export type RbacRule = z.output<typeof rbacRule>;
