import { formatPath, type Problem } from "../../schema/problem";
import type { ClusterOptions } from "../schema";

/**
 * The EBS driver gets its AWS permissions through Pod Identity: the nodes' role is out of its reach over one metadata hop.
 * Without node groups neither is installed.
 */
export function ebsDriverHasPermissions({ cluster }: { readonly cluster: ClusterOptions }): readonly Problem[] {
  const { addons, nodeGroups } = cluster;
  if (addons["eks-pod-identity-agent"] !== "off" || addons["aws-ebs-csi-driver"] === "off") return [];
  if (Object.keys(nodeGroups).length === 0) return [];
  return [
    {
      path: formatPath(["cluster", "addons", "aws-ebs-csi-driver"]),
      value: addons["aws-ebs-csi-driver"],
      rule: "it is on while eks-pod-identity-agent is off, and the agent is who gives its controller AWS permissions",
      remedy: 'take the agent\'s "off" out, or write `"aws-ebs-csi-driver": "off"` too',
    },
  ];
}
