import { Netmask } from "netmask";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerNames } from "../install-controllers";

/** Networks a cluster's Services could have instead, in the order they are offered. */
const serviceNetworks = ["172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/16"];

function overlap(left: string, right: string): boolean {
  const [a, b] = [new Netmask(left), new Netmask(right)];
  return a.contains(b) || b.contains(a);
}

/** Source: KubernetesNetworkConfigRequest in the EKS API reference. */
export function serviceNetworkOutsideTheVpc({ network, cluster }: Environment): readonly Problem[] {
  if (!overlap(network.cidr, cluster.serviceCidr)) return [];
  const free = serviceNetworks.find((candidate) => !overlap(candidate, network.cidr));
  return [
    {
      path: "cluster.serviceCidr",
      value: cluster.serviceCidr,
      rule: `it overlaps the VPC's ${network.cidr}, and EKS refuses Services with addresses of the VPC`,
      remedy: `write \`serviceCidr: ${formatValue(free)}\`, or give the VPC another network`,
    },
  ];
}

/** Public registries are out of reach without NAT; whoever has another way knows it. */
export function imagesWithoutNat({ network, controllers, workloads }: Environment): readonly string[] {
  if (network.kind !== "create" || network.nat !== "none") return [];
  const names = [
    ...controllerNames(controllers).map(controllerPath),
    ...Object.entries(workloads)
      .filter(([, { image }]) => "name" in image && !/\.dkr\.ecr\./.test(image.name))
      .map(([name]) => formatPath(["workloads", name])),
  ];
  if (names.length === 0) return [];
  return [
    `network.nat is "none", so nodes reach no public registry; the images of ${allOf(names)} come from there unless the VPC has another way out`,
  ];
}
