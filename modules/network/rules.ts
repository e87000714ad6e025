import { formatPath, type Problem } from "../schema/problem";
import type { Rule } from "../schema/rule";
import { allOf } from "../schema/suggest";
import { type NetworkOptions, privateClusterEndpoints } from "./schema";

interface Declared {
  readonly network: NetworkOptions;
}

/** A subnet is public or private: load balancers find theirs by tags that exclude each other. */
export function subnetsOfOneKind({ network }: Declared): readonly Problem[] {
  if (network.kind !== "existing") return [];
  return network.publicSubnetIds.flatMap((subnetId, index) =>
    network.privateSubnetIds.includes(subnetId)
      ? [
          {
            path: formatPath(["network", "publicSubnetIds", index]),
            value: subnetId,
            rule: "it is among the private subnets too, and a subnet either has a route to the internet gateway or has not",
            remedy: "take it out of the list where it does not belong",
          },
        ]
      : [],
  );
}

/** Source: EKS user guide, "Deploy private clusters with limited internet access". */
export function endpointsWithoutNat({ network }: Declared): readonly Problem[] {
  if (network.kind !== "create" || network.nat !== "none" || network.interfaceEndpoints === "private-cluster")
    return [];
  const chosen: readonly string[] = network.interfaceEndpoints === "none" ? [] : network.interfaceEndpoints;
  const missing = privateClusterEndpoints.filter((service) => !chosen.includes(service));
  if (missing.length === 0) return [];
  return [
    {
      path: "network.interfaceEndpoints",
      value: network.interfaceEndpoints,
      rule: `without NAT the nodes reach AWS through interface endpoints alone; ${allOf(missing)} ${missing.length === 1 ? "is" : "are"} missing`,
      remedy: 'write `interfaceEndpoints: "private-cluster"`, the set that such a cluster needs',
    },
  ];
}

/** Rules of a network alone, in the order their problems are reported. */
export const networkRules: readonly Rule<Declared>[] = [subnetsOfOneKind, endpointsWithoutNat];
