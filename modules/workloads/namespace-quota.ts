import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { nonEmpty } from "./non-empty";
import type { Namespaces } from "./schema";

type Resources = { readonly cpu?: string | undefined; readonly memory?: string | undefined };

/** Quota and limit range of a namespace; nothing where it has none. Pods come after them, or they would not count. */
export function makeNamespaceQuota(
  scope: Construct,
  namespace: string,
  { quota, containerLimits }: Pick<Namespaces[string], "quota" | "containerLimits">,
  dependsOn: readonly ITerraformDependable[],
): readonly ITerraformDependable[] {
  const metadata = { name: "foundry", namespace };
  const after = nonEmpty(dependsOn);
  const made: ITerraformDependable[] = [];
  if (Object.keys(quota).length > 0) {
    made.push(new ResourceQuotaV1(scope, `${namespace}_quota`, { metadata, spec: { hard: quota }, dependsOn: after }));
  }
  if (containerLimits !== undefined) {
    const limit = Object.fromEntries(
      Object.entries(containerLimits).map(([field, resources]) => [field, present(resources)]),
    );
    made.push(
      new LimitRangeV1(scope, `${namespace}_limits`, {
        metadata,
        spec: { limit: [{ type: "Container", ...limit }] },
        dependsOn: after,
      }),
    );
  }
  return made;
}

function present({ cpu, memory }: Resources = {}): Record<string, string> {
  return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}
