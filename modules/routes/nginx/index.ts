import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { hostCertificate } from "../../controllers/cert-manager/issuers";
import { nginxClass, nginxService } from "../../controllers/nginx";
import { recordAnnotations } from "../../dns/record";
import { defineDoor, type RouteContext } from "../../door/door";
import { CustomResources } from "../../kubernetes/custom-resources";
import { limitedName, releaseNameLimit } from "../../schema/limited-name";
import { nginxDepth } from "./depth";
import { nginxRouteSchema } from "./schema";
import { type DeclaredNginx, mergeAnnotation, nginxIngressName, SharedHosts, secretOf } from "./shared-hosts";

/** nginx as ingress controller: an Ingress from host and path to the workload's Service. */
export const nginx = defineDoor({
  schema: nginxRouteSchema,
  controllers: ["nginx"],
  example: { routes: [{ kind: "nginx", host: "shop.example.com" }] },
  facts: (route, owner) => ({
    object: { kind: "Ingress", name: nginxIngressName({ route, owner }) },
    host: route.host,
    path: route.path,
    exposure: "internal",
    entrance: "nginx",
    terminatesTls: route.tls !== undefined,
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
  share: (scope, environment: DeclaredNginx, context): SharedHosts =>
    new SharedHosts(scope, "nginx_host", environment, context.namespace),
  make(scope, route, target, context: RouteContext<DeclaredNginx, SharedHosts>) {
    const options = context.environment.controllers.nginx;
    if (options === undefined) throw new Error("a route through nginx, and controllers.nginx is not there");
    const { host } = route;
    const master = context.shared.of(host);
    const annotations = {
      ...recordAnnotations(route.dns, host),
      ...(master === undefined ? {} : { [mergeAnnotation]: "minion" }),
      ...nginxDepth(route, options.kind, target.service.name),
    };
    if (route.tls?.issuer !== undefined) {
      const name = nginxIngressName({ route, owner: target });
      new CustomResources(scope, "certificate", {
        releaseName: limitedName(releaseNameLimit, "certificate", name),
        namespace: target.namespace,
        manifests: [
          hostCertificate({
            name,
            namespace: target.namespace,
            secretName: secretOf({ route, owner: target }),
            host,
            issuer: route.tls.issuer,
          }),
        ],
        dependsOn: [target.ready],
      });
    }
    const ingress = new IngressV1(scope, "Resource", {
      metadata: {
        name: nginxIngressName({ route, owner: target }),
        namespace: target.namespace,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
      spec: {
        ingressClassName: nginxClass(options),
        ...(route.tls === undefined || master !== undefined
          ? {}
          : { tls: [{ hosts: [host], secretName: secretOf({ route, owner: target }) }] }),
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
