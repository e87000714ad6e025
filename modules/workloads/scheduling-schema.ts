import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, labels, qualifiedName } from "../schema/primitives";

const labelKey = z
  .string()
  .regex(qualifiedName, "a label's key has letters, digits and - _ . , at most 63, after an optional domain and /")
  .register(examples, { example: "topology.kubernetes.io/zone" });

const expressions = <const Operators extends readonly [string, ...string[]]>(operators: Operators) =>
  z.array(
    z
      .strictObject({
        key: described("Key of the label.", labelKey),
        operator: described("How key and values are held together.", z.enum(operators)),
        values: described("Values; none for `Exists` and `DoesNotExist`.", z.array(z.string()).default([])),
      })
      .refine(({ operator, values }) => /Exist/.test(operator) === (values.length === 0), {
        path: ["values"],
        error: "Exists and DoesNotExist take no values, every other operator one or more",
        params: { remedy: "write `values`, or take them out" },
      }),
  );

const weight = described("How much it counts, 1 to 100.", z.number().int().min(1).max(100));

const nodeTerm = z.strictObject({
  matchExpressions: described(
    "Labels of nodes; all of them must hold.",
    expressions(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]).min(1),
  ),
});

const podTerm = z.strictObject({
  topologyKey: described("Label of nodes whose value says what is one place.", labelKey),
  labelSelector: described(
    "Which pods.",
    z.strictObject({
      matchLabels: described("Labels that they have.", labels.default({})),
      matchExpressions: described(
        "More of their labels.",
        expressions(["In", "NotIn", "Exists", "DoesNotExist"]).default([]),
      ),
    }),
  ),
  namespaces: described("Namespaces of these pods. Default: the workload's own.", z.array(dnsLabel).default([])),
});

const podAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: described("All must hold.", z.array(podTerm).default([])),
    preferredDuringSchedulingIgnoredDuringExecution: described(
      "What is better.",
      z.array(z.strictObject({ weight, podAffinityTerm: described("Which pods, and where.", podTerm) })).default([]),
    ),
  })
  .optional();

/** Affinity as Kubernetes' API has it. Source: Kubernetes API, Affinity. */
const affinity = z
  .strictObject({
    nodeAffinity: described(
      "Which nodes.",
      z
        .strictObject({
          requiredDuringSchedulingIgnoredDuringExecution: described(
            "Where pods may run at all: one of the terms must hold.",
            z.strictObject({ nodeSelectorTerms: described("Terms.", z.array(nodeTerm).min(1)) }).optional(),
          ),
          preferredDuringSchedulingIgnoredDuringExecution: described(
            "Where they would rather run.",
            z.array(z.strictObject({ weight, preference: described("Which nodes.", nodeTerm) })).default([]),
          ),
        })
        .optional(),
    ),
    podAffinity: described("Near which pods.", podAffinity),
    podAntiAffinity: described("Away from which pods.", podAffinity),
  })
  .optional();

const toleration = z
  .strictObject({
    key: described("Key of the taint. Default: every taint, with `Exists`.", labelKey.optional()),
    operator: described(
      "`Equal` compares the value; `Exists` takes any.",
      z.enum(["Equal", "Exists"]).default("Equal"),
    ),
    value: described("Value of the taint. Default: none.", z.string().max(63).optional()),
    effect: described(
      "Effect of the taint, as Kubernetes spells it. Default: every effect.",
      z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
    ),
    seconds: described(
      "How long a pod stays on a node that gets a taint of `NoExecute`, in seconds. Default: for good.",
      z.number().int().min(0).optional(),
    ),
  })
  .refine(({ key, operator }) => key !== undefined || operator === "Exists", {
    path: ["key"],
    error: "without a key it tolerates every taint, and Kubernetes wants that said",
    params: { remedy: 'write the `key`, or `operator: "Exists"` where every taint is meant' },
  })
  .refine(({ value, operator }) => value === undefined || operator === "Equal", {
    path: ["value"],
    error: "`Exists` takes any value",
    params: { remedy: "take `value` out" },
  });

export const scheduling = described(
  "Which nodes pods run on, beside `spread`.",
  z
    .strictObject({
      nodeSelector: described("Labels that a node must have.", labels.default({})),
      tolerations: described("Taints that keep these pods off no node.", z.array(toleration).default([])),
      affinity: described(
        "Nodes and pods to be near or away from, as Kubernetes' API has it. Default: none.",
        affinity,
      ),
      priorityClass: described(
        "PriorityClass of the pods, which `manifests` makes, or one of Kubernetes' own. Default: none.",
        z
          .string()
          .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "a PriorityClass has a DNS name")
          .register(examples, { example: "urgent" })
          .optional(),
      ),
      topologySpread: described(
        "More places that pods are spread over, by the label of nodes that tells them apart.",
        z
          .array(
            z.strictObject({
              topologyKey: described("Label of nodes.", labelKey),
              maxSkew: described("By how many pods places may differ.", z.number().int().min(1).default(1)),
              whenUnsatisfiable: described(
                "What becomes of a pod that would skew it.",
                z.enum(["DoNotSchedule", "ScheduleAnyway"]).default("ScheduleAnyway"),
              ),
            }),
          )
          .default([]),
      ),
    })
    .prefault({}),
);

export type Scheduling = z.output<typeof scheduling>;
