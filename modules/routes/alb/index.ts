import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { recordAnnotations } from "../../dns/record";
import { otherRegion } from "../../schema/arn";
import type { Problem } from "../../schema/problem";
import { defineDoor, type RouteOwner, type RouteTarget } from "../door";
import { albAnnotations } from "./annotations";
import { ruleOrder } from "./rule-order";
import { type AlbRoute, albRouteSchema } from "./schema";

function ingressName(route: AlbRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

function webAclProblems(arn: string | undefined): readonly Problem[] {
  if (arn === undefined || /^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\//.test(arn)) return [];
  return [
    {
      path: "webAclArn",
      value: arn,
      rule: "an ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic",
      remedy: "name an ARN such as arn:aws:wafv2:us-west-2:123456789012:regional/webacl/<name>/<id>",
    },
  ];
}

/** The path to check and, where it is not the port that gets the traffic, its port. */
function healthCheck(route: AlbRoute, target: RouteTarget): { readonly path: string; readonly port?: number } {
  const probe = target.healthCheck;
  if (route.healthCheckPath !== undefined) return { path: route.healthCheckPath };
  if (probe === undefined) return { path: "/" };
  return probe.port === target.containerPort ? { path: probe.path } : probe;
}

/** An ALB that the AWS Load Balancer Controller makes from an Ingress, with the pods' addresses as targets. */
export const alb = defineDoor({
  schema: albRouteSchema,
  controllers: ["awsLoadBalancerController"],
  facts: (route, owner) => ({
    object: { kind: "Ingress", name: ingressName(route, owner) },
    host: route.host,
    path: route.path,
    exposure: route.exposure,
    entrance:
      route.group === undefined ? `alb:${owner.namespace}/${ingressName(route, owner)}` : `alb-group:${route.group}`,
  }),
  problems: (route, _owner, aws) => [
    ...otherRegion("certificateArn", route.certificateArn, aws.region),
    ...webAclProblems(route.webAclArn),
    ...otherRegion("webAclArn", route.webAclArn, aws.region),
  ],
  make(scope, route, target, context) {
    const ingress = new IngressV1(scope, "Resource", {
      metadata: {
        name: ingressName(route, target),
        namespace: target.namespace,
        annotations: {
          ...recordAnnotations(route.dns, route.host),
          ...albAnnotations({
            exposure: route.exposure,
            healthCheck: healthCheck(route, target),
            tls:
              route.certificateArn === undefined
                ? undefined
                : { certificateArn: route.certificateArn, policy: route.sslPolicy },
            inboundCidrs: route.inboundCidrs,
            group:
              route.group === undefined ? undefined : { name: route.group, order: ruleOrder(route.host, route.path) },
            webAclArn: route.webAclArn,
          }),
        },
      },
      spec: {
        ingressClassName: "alb",
        rule: [
          {
            // A rule without a host is for every host; "*" is no host that Kubernetes knows.
            ...(route.host === "*" ? {} : { host: route.host }),
            http: {
              path: [
                {
                  path: route.path,
                  pathType: "Prefix",
                  backend: { service: { name: target.service.name, port: { number: target.service.port } } },
                },
              ],
            },
          },
        ],
      },
      // The address is known only once the load balancer is there.
      waitForLoadBalancer: true,
      dependsOn: [target.ready],
    });
    const loadBalancer = ingress.status.get(0).loadBalancer.get(0).ingress.get(0);
    context.hosts.record(route.host, route.dns, () => context.hosts.applicationLoadBalancer(loadBalancer.hostname));
    return { address: `${loadBalancer.hostname}${route.path}` };
  },
});
