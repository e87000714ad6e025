import { clashes } from "../../modules/schema/clashes";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { addressPart } from "../../modules/terraform/address";
import type { Environment } from "../environment";

/** Names of a reader's own that become addresses in Terraform, each group beside one another. */
function named({
  apis,
  cluster,
  dns,
  gateways,
  identity,
  manifests,
  namespaces,
  registry,
  releases,
  workloads,
}: Environment) {
  const groups: readonly (readonly [path: readonly string[], named: object])[] = [
    [["cluster", "access"], cluster.access],
    [["cluster", "nodeGroups"], cluster.nodeGroups],
    [["cluster", "fargateProfiles"], cluster.fargateProfiles],
    [["registry", "repositories"], registry.repositories],
    [["dns", "zones"], dns.zones],
    [["identity", "kube2iamRoles"], identity.kube2iamRoles],
    [["identity", "users"], identity.users],
    [["apis"], apis],
    [["gateways"], gateways],
    [["cluster", "otherAddons"], cluster.otherAddons],
    [["releases"], releases],
    [["manifests"], manifests],
    [["namespaces"], namespaces],
    [["workloads"], workloads],
  ];
  return groups;
}

/** Two names that Terraform would write alike: it would have one resource where two are meant. */
export function addressesUnique(environment: Environment): readonly Problem[] {
  return named(environment).flatMap(([path, names]) =>
    clashes(Object.keys(names), addressPart, (name, first) => ({
      path: formatPath([...path, name]),
      value: name,
      rule: `Terraform knows letters, digits, _ and - in an address, so this one would be ${addressPart(name)}, like that of ${first}`,
      remedy: "rename one of them",
    })),
  );
}
