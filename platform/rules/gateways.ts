import { subnetsOfGateway } from "../../modules/gateway/schema";
import { builtInNamespaces } from "../../modules/kubernetes/built-in-namespaces";
import { publicSubnetCount } from "../../modules/network/subnet-counts";
import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { controllerNames, controllerNamespace } from "../install-controllers";
import { missingSubnets } from "./public-subnets";

/** The controllers stack makes the namespaces of its controllers; who makes one a second time fails. */
export function gatewayNamespacesUnique(environment: Environment): readonly Problem[] {
  const { controllers } = environment;
  return Object.entries(environment.gateways).flatMap(([name, { namespace }]) => {
    const owner = controllerNames(controllers).find((other) => controllerNamespace(other, controllers) === namespace);
    if (owner === undefined || builtInNamespaces.includes(namespace)) return [];
    return [
      {
        path: formatPath(["gateways", name, "namespace"]),
        value: namespace,
        rule: `the controllers stack makes this namespace for ${owner}, and a namespace is made once`,
        remedy: "use a namespace that no controller has",
      },
    ];
  });
}

export function gatewaysHavePublicSubnets(environment: Environment): readonly Problem[] {
  const count = publicSubnetCount(environment.network);
  return Object.entries(environment.gateways)
    .filter(([, { kind, exposure }]) => exposure === "internet-facing" && count < subnetsOfGateway[kind])
    .map(([name, { kind, exposure }]) => ({
      path: formatPath(["gateways", name, "exposure"]),
      value: exposure,
      rule: missingSubnets(subnetsOfGateway[kind], count),
      remedy: 'list public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`',
    }));
}
