import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { labels } from "../schema/primitives";

const metricName = z
  .string()
  .regex(/^[A-Za-z0-9_./|-]{1,253}$/, "a metric's name has letters, digits and _ . / | -")
  .register(examples, { example: "queue_depth" });
const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?$/, "a quantity looks like 100, 500m or 2k")
  .register(examples, { example: "100" });

const metric = z.discriminatedUnion("kind", [
  described(
    "A metric of the pods themselves, which an adapter of `custom.metrics.k8s.io` reports.",
    z.strictObject({
      kind: z.literal("pods"),
      name: described("Name of the metric.", metricName),
      average: described("Average over the pods to aim at.", quantity),
    }),
  ),
  described(
    "A metric from outside the cluster, which an adapter of `external.metrics.k8s.io`, such as KEDA, reports.",
    z.strictObject({
      kind: z.literal("external"),
      name: described("Name of the metric.", metricName),
      labels: described("Labels of the metric.", labels.default({})),
      average: described("Value for each pod to aim at.", quantity),
    }),
  ),
]);

const window = (what: string, byDefault: string) =>
  described(
    `How long the number asked for must hold before pods are ${what}, in seconds. Default: Kubernetes' own, ${byDefault}.`,
    z.number().int().min(0).max(3600).optional(),
  );

export const autoscaler = described(
  "Adds and takes pods by CPU, which the metrics server reports: `cluster.addons` then has it on; by more than that where " +
    "it is asked for, and then the largest number counts. Default: none.",
  z
    .strictObject({
      min: described("Fewest pods.", z.number().int().min(1)),
      max: described("Most pods.", z.number().int().min(1)),
      cpuPercent: described(
        "Average CPU to aim at, in percent of the request.",
        z.number().int().min(1).max(100).default(70),
      ),
      memoryPercent: described(
        "Average memory to aim at, in percent of the request. Default: memory does not count.",
        z.number().int().min(1).max(100).optional(),
      ),
      metrics: described("Other metrics.", z.array(metric).default([])),
      addAfterSeconds: window("added", "0"),
      takeAfterSeconds: window("taken", "300"),
    })
    .optional(),
);
