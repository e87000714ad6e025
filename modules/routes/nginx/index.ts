import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { nginxClass, nginxService } from "../../controllers/nginx";
import { recordAnnotations } from "../../dns/record";
import { defineDoor, type RouteOwner } from "../door";
import { type NginxRoute, nginxRouteSchema } from "./schema";
import { mergeAnnotation } from "./shared-hosts";

function ingressName(route: NginxRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** nginx as ingress controller: an Ingress from host and path to the workload's Service. */
export const nginx = defineDoor({
  schema: nginxRouteSchema,
  controllers: ["nginx"],
  facts: (route, owner) => ({
    object: { kind: "Ingress", name: ingressName(route, owner) },
    host: route.host,
    path: route.path,
    exposure: "internal",
    entrance: "nginx",
  }),
  problems(route) {
    if (route.tls === undefined || route.host !== "*") return [];
    return [
      {
        path: "tls",
        value: route.tls,
        rule: "The route is for every host, and nginx picks a certificate by the host that a caller names.",
        remedy: "Write the certificate's host, or take tls out.",
      },
    ];
  },
  make(scope, route, target, context) {
    const options = context.controllers.nginx;
    if (options === undefined) throw new Error("a route through nginx, and controllers.nginx is not there");
    const { host } = route;
    const master = context.sharedNginxHosts.of(host);
    const annotations = {
      ...recordAnnotations(route.dns, host),
      ...(master === undefined ? {} : { [mergeAnnotation]: "minion" }),
    };
    const ingress = new IngressV1(scope, "Resource", {
      metadata: {
        name: ingressName(route, target),
        namespace: target.namespace,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
      spec: {
        ingressClassName: nginxClass,
        ...(route.tls === undefined || master !== undefined
          ? {}
          : { tls: [{ hosts: [host], secretName: route.tls.secretName }] }),
        rule: [
          {
            // A rule without a host is for every host; "*" is no host that Kubernetes knows.
            ...(host === "*" ? {} : { host }),
            http: {
              path: [
                {
                  path: route.path,
                  pathType: route.pathType,
                  backend: { service: { name: target.service.name, port: { number: target.service.port } } },
                },
              ],
            },
          },
        ],
      },
      dependsOn: [target.ready, ...(master === undefined ? [] : [master])],
    });
    const balancer = () => context.hosts.balancerOfService(nginxService(options), ingress);
    context.hosts.record(host, route.dns, balancer);
    return { address: `${host === "*" ? balancer().dnsName : host}${route.path}` };
  },
});
