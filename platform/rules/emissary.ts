import { meant } from "../../modules/schema/meant";
import type { Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";

/** Workloads that Emissary asks are there. */
export function emissaryAsksWorkloads({ controllers, workloads }: Environment): readonly Problem[] {
  const known = Object.keys(workloads);
  return (["externalAuth", "rateLimit"] as const).flatMap((field) => {
    const workload = controllers.emissary?.[field]?.workload;
    if (workload === undefined || known.includes(workload)) return [];
    return [
      {
        path: `controllers.emissary.${field}.workload`,
        value: workload,
        rule: "it is none of the workloads, and while nobody answers Emissary lets no call through",
        remedy: meant(workload, known, "add it to `workloads`"),
      },
    ];
  });
}
