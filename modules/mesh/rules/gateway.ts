import { onFargate } from "../../cluster/fargate-selection";
import { otherRegion } from "../../schema/arn";
import type { Problem } from "../../schema/problem";
import { gatewayLabels } from "../members";
import { at, type MeshRule, meant } from "./rule";

export const gatewayRoutesLeadSomewhere: MeshRule = ({ gateway, services }) =>
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

export const gatewayPrefixesApart: MeshRule = ({ gateway }) => {
  const taken = new Map<string, string>();
  return (gateway?.routes ?? []).flatMap(({ prefix }, index) => {
    const path = at("gateway", "routes", index, "prefix");
    const first = taken.get(prefix);
    if (first === undefined) {
      taken.set(prefix, path);
      return [];
    }
    return [
      {
        path,
        value: prefix,
        rule: `${first} is the same, so one of the two routes is never reached`,
        remedy: "give one of them another prefix",
      },
    ];
  });
};

/** Envoy's administration. Source: App Mesh user guide, "Envoy configuration variables". */
const administrationPort = 9901;

export const gatewayPortFree: MeshRule = ({ gateway }) =>
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

export const gatewayHasItsLoadBalancer: MeshRule = ({ gateway }, { controllers }) =>
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
export const gatewayHasItsSubnets: MeshRule = ({ kind, gateway }, { network }) => {
  if (gateway?.exposure !== "internet-facing") return [];
  const count = network.kind === "create" ? network.zones.length : network.publicSubnetIds.length;
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

/** Source: "Certificates" in the ELB guides. */
export const gatewayCertificateAtHand: MeshRule = ({ gateway }, { aws }) => {
  const path = at("gateway", "certificateArn");
  const certificate = gateway?.certificateArn;
  if (certificate === undefined) return [];
  if (!/^arn:[^:]+:(acm:.*:certificate|iam:.*:server-certificate)\//.test(certificate)) {
    return [
      {
        path,
        value: certificate,
        rule: "it is no certificate: those are of ACM, or uploaded to IAM",
        remedy: `write an ARN such as "arn:${aws.partition}:acm:${aws.region}:${aws.accountId}:certificate/11111111-2222-3333-4444-555555555555"`,
      },
    ];
  }
  const account = certificate.split(":")[4];
  if (account !== aws.accountId) {
    return [
      {
        path,
        value: certificate,
        rule: `it belongs to the account ${account}, and a load balancer takes certificates of its own account alone`,
        remedy: `name one of the account ${aws.accountId}`,
      },
    ];
  }
  return otherRegion(path, certificate, aws.region);
};

export const gatewayRunsSomewhere: MeshRule = ({ kind, gateway, namespace }, { cluster }) => {
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
