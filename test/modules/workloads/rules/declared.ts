import type { Declared } from "../../../../modules/workloads/rules/rule";
import { namespacesSchema } from "../../../../modules/workloads/schema";
import { controllersSchema } from "../../../../platform/controllers";
import { type WorkloadInput, workload } from "../synth-workload";

/** An environment as far as the rules of workloads read it. */
export function declared(
  workloads: Readonly<Record<string, Partial<WorkloadInput>>>,
  rest: {
    readonly namespaces?: Parameters<typeof namespacesSchema.parse>[0];
    readonly controllers?: Parameters<typeof controllersSchema.parse>[0];
  } = {},
): Declared {
  return {
    aws: { region: "us-west-2", accountId: "123456789012", partition: "aws", tags: {} },
    controllers: controllersSchema.parse(rest.controllers ?? {}),
    namespaces: namespacesSchema.parse(rest.namespaces ?? {}),
    workloads: Object.fromEntries(Object.entries(workloads).map(([name, input]) => [name, workload(input)])),
  };
}
