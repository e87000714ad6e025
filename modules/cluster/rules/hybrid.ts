import { Netmask } from "netmask";
import { formatPath, type Problem } from "../../schema/problem";
import type { ClusterOptions } from "../schema";

interface Declared {
  readonly cluster: Pick<ClusterOptions, "hybridNodes" | "serviceCidr">;
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  (text) => new Netmask(text),
);

const overlap = (one: string, other: string) => new Netmask(one).contains(other) || new Netmask(other).contains(one);

/** Source: EKS user guide, "Prepare networking for hybrid nodes", on-premises node and pod CIDRs. */
export function hybridNetworksApart({ cluster: { hybridNodes, serviceCidr } }: Declared): readonly Problem[] {
  if (hybridNodes === undefined) return [];
  const all = (["nodeNetworks", "podNetworks"] as const).flatMap((field) =>
    hybridNodes[field].map((network, index) => ({
      network,
      path: formatPath(["cluster", "hybridNodes", field, index]),
    })),
  );
  return all.flatMap(({ network, path }, index): readonly Problem[] => {
    if (!privateRanges.some((range) => range.contains(network))) {
      return [
        {
          path,
          value: network,
          rule: "EKS takes networks of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 alone",
          remedy: "write the private networks that the machines have",
        },
      ];
    }
    const others = [{ network: serviceCidr, path: "cluster.serviceCidr" }, ...all.slice(0, index)];
    const met = others.find((other) => overlap(other.network, network));
    if (met === undefined) return [];
    return [
      {
        path,
        value: network,
        rule: `it overlaps with ${met.path}, which is ${met.network}, and an address would be in both`,
        remedy: "write networks that lie apart",
      },
    ];
  });
}
