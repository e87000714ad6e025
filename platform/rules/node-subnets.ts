import { formatPath, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import type { Environment } from "../environment";

/** Subnets that a node group names are some of the network's private ones. */
export function nodeSubnetsAreOfTheNetwork({ cluster, network }: Environment): readonly Problem[] {
  return Object.entries(cluster.nodeGroups).flatMap(([name, { subnets }]): readonly Problem[] => {
    const path = ["cluster", "nodeGroups", name, "subnets"];
    if (subnets.kind === "all") return [];
    const wanted = network.kind === "create" ? "zones" : "ids";
    if (subnets.kind !== wanted) {
      return [
        {
          path: formatPath([...path, "kind"]),
          value: subnets.kind,
          rule:
            network.kind === "create"
              ? "the network is made here, and its subnets have no ids before that"
              : "of a network that exists nobody here knows which subnet stands in which zone",
          remedy:
            network.kind === "create"
              ? `write \`{ kind: "zones", zones: [...] }\` with some of ${allOf(network.zones)}`
              : 'write `{ kind: "ids", subnetIds: [...] }` with some of `network.privateSubnetIds`',
        },
      ];
    }
    const [field, given] = subnets.kind === "zones" ? ["zones", subnets.zones] : ["subnetIds", subnets.subnetIds];
    const known: readonly string[] = network.kind === "create" ? network.zones : network.privateSubnetIds;
    return given.flatMap((one, index) =>
      known.includes(one)
        ? []
        : [
            {
              path: formatPath([...path, String(field), index]),
              value: one,
              rule: "the network has no private subnet there",
              remedy: `write one of ${allOf(known)}`,
            },
          ],
    );
  });
}
