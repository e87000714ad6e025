import { formatPath, type Problem } from "../../schema/problem";
import { onFargate } from "../fargate-selection";
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

/** Labels of the driver's controller. Source: its chart, `templates/controller.yaml`. */
const ebsController = { app: "ebs-csi-controller", "app.kubernetes.io/name": "aws-ebs-csi-driver" };

/** The controller is a Deployment, so a profile that selects all of kube-system takes it to where no agent is. */
export function ebsDriverKeepsOffFargate({ cluster }: { readonly cluster: ClusterOptions }): readonly Problem[] {
  const { addons, nodeGroups, fargateProfiles } = cluster;
  if (addons["aws-ebs-csi-driver"] === "off" || Object.keys(nodeGroups).length === 0) return [];
  const pod = { namespace: "kube-system", labels: ebsController };
  return Object.entries(fargateProfiles)
    .filter(([name, profile]) => onFargate({ fargateProfiles: { [name]: profile } }, pod))
    .map(([name, { selectors }]) => ({
      path: formatPath(["cluster", "fargateProfiles", name, "selectors"]),
      value: selectors,
      rule: "it selects the controller of aws-ebs-csi-driver too, and on Fargate there is no Pod Identity agent to give it AWS permissions: no volume would be made",
      remedy:
        'select what you mean by its labels, such as `{ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }`, or write `"aws-ebs-csi-driver": "off"` in cluster.addons',
    }));
}
