import type { Environment } from "../../../platform/environment";
import { routeFacts } from "../../../platform/route";
import { formatPath, type Problem } from "../../schema/problem";

/** Namespaces keep the resources of two APIs apart, and nothing does so with their load balancers and groups in AWS. */
export function ackApiNamesApart({ workloads }: Environment): readonly Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(workloads).flatMap(([name, { namespace, routes }]) =>
    routes.flatMap((route, index) => {
      if (route.kind !== "ack-api-gateway") return [];
      const api = routeFacts(route, { name, namespace }).object?.name ?? name;
      const path = formatPath(["workloads", name, "routes", index, "name"]);
      const first = taken.get(api);
      if (first === undefined) {
        taken.set(api, path);
        return [];
      }
      return [
        {
          path,
          value: api,
          rule: `\`${first}\` makes an API of this name too, and their load balancers would share a name in AWS`,
          remedy: "give one of them another name",
        },
      ];
    }),
  );
}
