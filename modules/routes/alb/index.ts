import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { SecretAccess } from "../../callers/secret-access";
import { hasCertificate, tlsFacts } from "../../certificates/choice";
import { recordAnnotations } from "../../dns/record";
import { conditionsOf, toldApartBy } from "../../door/depth-schema";
import { defineDoor } from "../../door/door";
import { replacedWith } from "../../load-balancer/replaced-with";
import { subnetsOf } from "../../load-balancer/subnets";
import type { RouteOwner } from "../../workloads/route-target";
import { albAnnotations, albHealthCheck } from "./annotations";
import { albDepth } from "./depth";
import { ruleOrder } from "./rule-order";
import { type AlbRoute, albRouteSchema } from "./schema";

function ingressName(route: AlbRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** An ALB that the AWS Load Balancer Controller makes from an Ingress, with the pods' addresses as targets. */
export const alb = defineDoor({
  schema: albRouteSchema,
  controllers: ["awsLoadBalancerController"],
  example: { routes: [{ kind: "alb", host: "shop.example.com" }] },
  facts: (route, owner) => ({
    object: { kind: "Ingress", name: ingressName(route, owner) },
    host: route.host,
    path: route.path,
    exposure: route.exposure,
    entrance:
      route.group === undefined ? `alb:${owner.namespace}/${ingressName(route, owner)}` : `alb-group:${route.group}`,
    toldApartBy: toldApartBy(route.match),
    podsAreTargets: true,
    subnets: 2,
    ...tlsFacts(route),
    webAcl: route.webAcl,
    webAcls: route.webAclArn === undefined ? [] : [{ field: ["webAclArn"], arn: route.webAclArn }],
  }),
  problems(route) {
    if (!route.grpc || hasCertificate(route)) return [];
    return [
      {
        path: "grpc",
        value: route.grpc,
        rule: "an ALB takes gRPC on HTTPS listeners alone, and there is no certificate",
        remedy: "name a certificate",
      },
    ];
  },
  make(scope, route, target, context) {
    const canary = route.canary === undefined ? undefined : context.targets.get(route.canary.workload);
    const { annotations, backend } = albDepth(route, target, canary);
    const certificateArn = context.certificateArn(route);
    const mayReadSecret = new SecretAccess(scope, "sign-in", {
      name: ingressName(route, target),
      namespace: target.namespace,
      callers: route.callers,
      region: context.aws.region,
      dependsOn: [target.ready],
    });
    const ingress = new IngressV1(scope, "Resource", {
      metadata: {
        name: ingressName(route, target),
        namespace: target.namespace,
        annotations: {
          ...recordAnnotations(route.dns, route.host),
          ...albAnnotations({
            exposure: route.exposure,
            subnetIds: subnetsOf(route.exposure, context.network),
            drainSeconds: target.drainSeconds,
            healthCheck: albHealthCheck(route, target),
            tls:
              certificateArn === undefined ? undefined : { certificateArn, policy: route.sslPolicy, hsts: route.hsts },
            inboundCidrs: route.inboundCidrs,
            inboundLists: route.inboundLists,
            balancers: context.balancers,
            callers: route.callers,
            trustStoreArn:
              route.clientCertificates === undefined ? undefined : context.trustStoreArn(route.clientCertificates),
            group:
              route.group === undefined
                ? undefined
                : { name: route.group, order: ruleOrder(route.host, route.path, conditionsOf(route.match)) },
            webAclArn: context.webAclArn(route),
            stickySeconds: route.sticky?.seconds,
            grpc: route.grpc,
            timeoutSeconds: route.timeoutSeconds,
          }),
          ...annotations,
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
                  backend: { service: backend },
                },
              ],
            },
          },
        ],
      },
      // The address is known only once the load balancer is there.
      waitForLoadBalancer: true,
      lifecycle: replacedWith(scope, route),
      dependsOn: [target.ready, ...(canary === undefined ? [] : [canary.ready]), ...mayReadSecret.ready],
    });
    const loadBalancer = ingress.status.get(0).loadBalancer.get(0).ingress.get(0);
    context.hosts.record(route.host, route.dns, () => context.hosts.applicationLoadBalancer(loadBalancer.hostname));
    return { address: `${loadBalancer.hostname}${route.path}` };
  },
});
