import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { Construct } from "constructs";
import { apiLogGroupName, makeAccessLogs } from "../../api-gateway/access-logs";
import { ApiLoadBalancer } from "../../api-gateway/load-balancer";
import { backendName } from "../../api-gateway/plan";
import { type DoorContext, defineDoor } from "../../door/door";
import { CustomResources } from "../../kubernetes/custom-resources";
import { balancerNameLimit, limitedName, releaseNameLimit } from "../../schema/limited-name";
import type { RouteOwner } from "../../workloads/route-target";
import { apiResources, integrationResources, routeResources } from "./resources";
import { type AckApiGatewayRoute, ackApiGatewayRouteSchema } from "./schema";

function apiName(route: AckApiGatewayRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** Apart from the names of `apis`, which have load balancers too. */
function balancerName(api: string): string {
  return `ack-${api}`;
}

/** Security group of the VPC link's network interfaces: out to the listener, and in from nobody. */
function makeLinkSecurityGroup(scope: Construct, name: string, listenerPort: number, { network }: DoorContext): string {
  const group = new SecurityGroup(scope, "vpc-link", {
    name: `${name}-vpc-link`,
    description: `VPC link ${name}`,
    vpcId: network.vpcId,
    tags: { Name: `${name}-vpc-link` },
  });
  new VpcSecurityGroupEgressRule(scope, "vpc-link-to-load-balancer", {
    securityGroupId: group.id,
    description: "Load balancer of the API",
    cidrIpv4: network.vpcCidr,
    ipProtocol: "tcp",
    fromPort: listenerPort,
    toPort: listenerPort,
  });
  return group.id;
}

/**
 * An HTTP API made by ACK's controller from resources of the cluster, one for each route. Terraform makes the internal
 * load balancer that it leads to, and does not wait for the API: its address and whatever AWS refuses stand in the status
 * of its resources.
 */
export const ackApiGateway = defineDoor({
  schema: ackApiGatewayRouteSchema,
  controllers: ["ackApiGateway", "awsLoadBalancerController"],
  example: { routes: [{ kind: "ack-api-gateway" }] },
  facts: (route, owner) => ({
    object: { kind: "API", name: apiName(route, owner) },
    host: undefined,
    path: route.path,
    exposure: "internal",
    entrance: `ack-api-gateway:${owner.namespace}/${apiName(route, owner)}`,
    podsAreTargets: true,
    terminatesTls: true,
  }),
  namesInAws(route, backend, environmentName) {
    const api = balancerName(apiName(route, { name: backend.name, namespace: "" }));
    const group = limitedName(balancerNameLimit, environmentName, ...backendName(api, backend.name, backend.port));
    return [
      { what: "log group", name: apiLogGroupName(environmentName, api), within: "region" },
      { what: "load balancer", name: limitedName(balancerNameLimit, environmentName, api), within: "region" },
      { what: "target group", name: group, within: "region" },
    ];
  },
  make(scope, route, target, context) {
    const name = apiName(route, target);
    const { namespace } = target;
    const listenerPort = route.listenerPort ?? target.service.port;
    const nameInAws = `${context.environmentName}-${name}`;
    const api = balancerName(name);
    const securityGroupId = makeLinkSecurityGroup(scope, `${context.environmentName}-${api}`, listenerPort, context);
    const loadBalancer = new ApiLoadBalancer(scope, "load-balancer", {
      balancers: context.balancers,
      environment: context.environmentName,
      api,
      network: { ...context.network, privateSubnetIds: [...context.network.privateSubnetIds] },
      backends: [
        {
          name: target.name,
          listenerPort,
          namespace,
          service: target.service,
          containerPort: target.containerPort,
          drainSeconds: target.drainSeconds,
          ready: target.ready,
        },
      ],
      callers: { kind: "security-group", id: securityGroupId },
    });
    const props = {
      name,
      namespace,
      nameInAws,
      route,
      subnetIds: context.network.privateSubnetIds,
      securityGroupId,
      listenerArn: loadBalancer.at(listenerPort).arn,
      accessLogs: makeAccessLogs(scope, "access-logs", {
        environment: context.environmentName,
        name: api,
        api: { kind: "http", accessLogs: route.accessLogs },
      }),
    };
    // A release each, so that a destroy takes them away from the end: API Gateway keeps what something else still names.
    const made = new CustomResources(scope, "Resource", {
      releaseName: limitedName(releaseNameLimit, "api", name),
      namespace,
      manifests: apiResources(props),
      dependsOn: [target.ready],
    });
    const integration = new CustomResources(scope, "integration", {
      releaseName: limitedName(releaseNameLimit, "api", name, "integration"),
      namespace,
      manifests: integrationResources(props),
      dependsOn: [made.ready],
    });
    new CustomResources(scope, "routes", {
      releaseName: limitedName(releaseNameLimit, "api", name, "routes"),
      namespace,
      manifests: routeResources(props),
      dependsOn: [integration.ready],
    });
    return { address: `API ${namespace}/${name}, status.apiEndpoint${route.path}` };
  },
});
