import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { z } from "zod";
import { hasCertificate, tlsFacts, tlsOptions } from "../../certificates/choice";
import { defineDoor } from "../../door/door";
import { prefixLists } from "../../load-balancer/networks-schema";
import { replacedWith } from "../../load-balancer/replaced-with";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import { subnetsOf } from "../../load-balancer/subnets";
import { described } from "../../schema/descriptions";
import { cidr, port } from "../../schema/primitives";
import type { RouteOwner, RouteTarget } from "../../workloads/route-target";
import { serviceName } from "../../workloads/service-name";

const schema = z.strictObject({
  kind: z.literal("nlb"),
  name: described("Name of the Service. Default: the workload's name with `-nlb`.", serviceName.optional()),
  exposure: described(
    "Who can reach the load balancer; `internal` is the VPC alone. A change makes another load balancer, after the end " +
      "of the one before.",
    z.enum(["internal", "internet-facing"]).default("internal"),
  ),
  port: described("Port of the listener. Default: 80, or 443 with TLS.", port.optional()),
  ...tlsOptions("With it the NLB terminates TLS; without it, it hands on what comes."),
  tlsInPods: described(
    "Whether callers' TLS goes on to the pods and ends there. The port of the listener is then 443 by default.",
    z.boolean().default(false),
  ),
  inboundCidrs: described(
    "Networks that may connect. Default: every one that can reach the load balancer.",
    z.array(cidr).default([]),
  ),
  inboundLists: prefixLists,
});

type NlbRoute = z.output<typeof schema>;

const serviceNameLimit = 63;

function loadBalancerServiceName(route: NlbRoute, owner: RouteOwner): string {
  return route.name ?? `${owner.name}-nlb`;
}

/** Path of the health check; undefined for a TCP connection, also where the probe's port gets no traffic. */
function healthCheckPath(target: RouteTarget): string | undefined {
  return target.healthCheck?.port === target.containerPort ? target.healthCheck.path : undefined;
}

/** An NLB that the AWS Load Balancer Controller makes from a Service of type LoadBalancer, with pods as targets. */
export const nlb = defineDoor({
  schema,
  controllers: ["awsLoadBalancerController"],
  example: { routes: [{ kind: "nlb" }] },
  facts: (route, owner) => ({
    object: { kind: "Service", name: loadBalancerServiceName(route, owner) },
    host: undefined,
    path: undefined,
    exposure: route.exposure,
    entrance: `nlb:${owner.namespace}/${loadBalancerServiceName(route, owner)}`,
    podsAreTargets: true,
    subnets: 1,
    ...tlsFacts(route),
    handsTlsOn: route.tlsInPods,
  }),
  problems(route, owner) {
    const name = loadBalancerServiceName(route, owner);
    const tooLong = {
      path: "name",
      value: route.name,
      rule: `the Service takes the workload's name with -nlb, ${name}, which is ${name.length} characters; Kubernetes allows ${serviceNameLimit}`,
      remedy: `give the route a \`name\` of ${serviceNameLimit} characters or less`,
    };
    return name.length > serviceNameLimit ? [tooLong] : [];
  },
  make(scope, route, target, context) {
    const certificateArn = context.certificateArn(route);
    const listenerPort = route.port ?? (hasCertificate(route) || route.tlsInPods ? 443 : 80);
    const service = new ServiceV1(scope, "Resource", {
      metadata: {
        name: loadBalancerServiceName(route, target),
        namespace: target.namespace,
        annotations: nlbAnnotations({
          exposure: route.exposure,
          subnetIds: subnetsOf(route.exposure, context.network),
          drainSeconds: target.drainSeconds,
          healthCheckPath: healthCheckPath(target),
          prefixLists: route.inboundLists,
          balancers: context.balancers,
          tls: certificateArn === undefined ? undefined : { certificateArn, ports: [listenerPort] },
        }),
      },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: nlbClass,
        // The targets are pods; a port on every node would only be one more way in.
        allocateLoadBalancerNodePorts: false,
        ...(route.inboundCidrs.length === 0 ? {} : { loadBalancerSourceRanges: route.inboundCidrs }),
        selector: { ...target.selector },
        port: [{ port: listenerPort, targetPort: String(target.containerPort), protocol: "TCP" }],
      },
      // The address is known only once the load balancer is there.
      waitForLoadBalancer: true,
      lifecycle: replacedWith(scope, route),
      dependsOn: [target.ready],
    });
    const loadBalancer = service.status.get(0).loadBalancer.get(0).ingress.get(0);
    return { address: `${loadBalancer.hostname}:${listenerPort}` };
  },
});
