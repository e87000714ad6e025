import { onFargate } from "../../cluster/fargate-selection";
import { certificateProblems } from "../../load-balancer/arns";
import { publicSubnetCount } from "../../network/subnet-counts";
import { clashes } from "../../schema/clashes";
import { meant } from "../../schema/meant";
import type { Problem } from "../../schema/problem";
import { gatewayLabels } from "../members";
import { at, type MeshRule } from "./rule";

export const gatewayRoutesLeadSomewhere: MeshRule = ({ mesh: { gateway, services } }) =>
  (gateway?.routes ?? []).flatMap(({ service: name }, index): readonly Problem[] => {
    const path = at("gateway", "routes", index, "service");
    const service = services[name];
    if (service === undefined) {
      return [
        {
          path,
          value: name,
          rule: "a gateway leads to services of its mesh, and there is none of this name",
          remedy: meant(name, Object.keys(services), "add it to `mesh.services`"),
        },
      ];
    }
    if (service.protocol === "http") return [];
    return [
      {
        path,
        value: name,
        rule: `the gateway speaks http, and this service ${service.protocol}`,
        remedy: `lead to a service of http, or write \`protocol: "http"\` in ${at("services", name)}`,
      },
    ];
  });

export const gatewayPrefixesUnique: MeshRule = ({ mesh: { gateway } }) =>
  clashes(
    (gateway?.routes ?? []).map(({ prefix }, index) => ({ path: at("gateway", "routes", index, "prefix"), prefix })),
    ({ prefix }) => prefix,
    ({ path, prefix }, first) => ({
      path,
      value: prefix,
      rule: `${first.path} is the same, so one of the two routes is never reached`,
      remedy: "give one of them another prefix",
    }),
  );

/** Envoy's administration. Source: App Mesh user guide, "Envoy configuration variables". */
const administrationPort = 9901;

export const gatewayPortFree: MeshRule = ({ mesh: { gateway } }) =>
  gateway?.port === administrationPort
    ? [
        {
          path: at("gateway", "port"),
          value: gateway.port,
          rule: "Envoy's own administration listens there",
          remedy: "write another port, such as 8088",
        },
      ]
    : [];

export const gatewayHasItsLoadBalancer: MeshRule = ({ mesh: { gateway }, controllers }) =>
  gateway === undefined || controllers.awsLoadBalancerController !== undefined
    ? []
    : [
        {
          path: at("gateway"),
          value: gateway.name,
          rule: "its load balancer is made by the AWS Load Balancer Controller, which is not enabled",
          remedy: "add `awsLoadBalancerController: {}` to `controllers`",
        },
      ];

/** An ALB spans two zones or more. Source: Elastic Load Balancing, "Subnets for your load balancer". */
export const gatewayHasItsSubnets: MeshRule = ({ mesh: { kind, gateway }, network }) => {
  if (gateway?.exposure !== "internet-facing") return [];
  const count = publicSubnetCount(network);
  const [balancer, needed] = kind === "lattice" ? ["an ALB", 2] : ["an NLB", 1];
  if (count >= needed) return [];
  return [
    {
      path: at("gateway", "exposure"),
      value: gateway.exposure,
      rule: `${balancer} on the internet needs public subnets in ${needed} zone${needed === 1 ? "" : "s"} or more, and the network has ${count}`,
      remedy: 'list the subnets in `network.publicSubnetIds`, or write `exposure: "internal"`',
    },
  ];
};

export const gatewayCertificateAtHand: MeshRule = ({ mesh: { gateway }, aws }) =>
  gateway?.certificateArn === undefined
    ? []
    : certificateProblems({ field: ["certificateArn"], arn: gateway.certificateArn }, ["mesh", "gateway"], aws);

export const gatewayRunsSomewhere: MeshRule = ({ mesh: { kind, gateway, namespace }, cluster }) => {
  if (kind !== "app-mesh" || gateway === undefined) return [];
  if (Object.keys(cluster.nodeGroups).length > 0 || cluster.autoMode.kind === "on") return [];
  if (onFargate(cluster, { namespace, labels: gatewayLabels })) return [];
  return [
    {
      path: at("gateway"),
      value: gateway.name,
      rule: `the cluster has no nodes, and no Fargate profile selects the gateway's pods in the namespace ${namespace}, so they never start`,
      remedy: `add \`{ namespace: ${JSON.stringify(namespace)} }\` to the selectors of a Fargate profile, or add a node group`,
    },
  ];
};
