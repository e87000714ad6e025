import type { EmissaryOptions } from "../../controllers/emissary";
import { toldApartBy } from "../../door/depth-schema";
import { defineDoor, type RouteContext } from "../../door/door";
import { CustomResources } from "../../kubernetes/custom-resources";
import { releaseNameLimit } from "../../schema/limited-name";
import type { RouteOwner } from "../../workloads/route-target";
import { AskedServices } from "./asked-services";
import { mappingOf, sharing } from "./mapping";
import { ambassadorRouteSchema, nameLimit, releasePrefix } from "./schema";

export interface DeclaredEmissary {
  readonly controllers: { readonly emissary?: EmissaryOptions | undefined };
}

function mappingName(route: { readonly name?: string | undefined }, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** Emissary-ingress (Ambassador): a Mapping from host and path prefix to the workload's Service. */
export const ambassador = defineDoor({
  schema: ambassadorRouteSchema,
  controllers: ["emissary"],
  example: { routes: [{ kind: "ambassador", host: "shop.example.com" }] },
  facts: (route, owner) => ({
    object: { kind: "Mapping", name: mappingName(route, owner) },
    host: route.host,
    path: route.prefix,
    exposure: "internal",
    entrance: "ambassador",
    toldApartBy: toldApartBy(route.match),
  }),
  problems(route, owner) {
    const name = mappingName(route, owner);
    if (name.length <= nameLimit) return [];
    return [
      {
        path: "name",
        value: route.name,
        rule: `the Mapping takes the workload's name, and its Helm release ${releasePrefix}${name} would have ${releasePrefix.length + name.length} characters; Helm allows ${releaseNameLimit}`,
        remedy: `give the route a \`name\` of ${nameLimit} characters or less`,
      },
    ];
  },
  share: (scope, environment: DeclaredEmissary, context): AskedServices =>
    new AskedServices(scope, "emissary", environment.controllers.emissary, context),
  make(scope, route, target, context: RouteContext<DeclaredEmissary, AskedServices>) {
    const options = context.environment.controllers.emissary;
    if (options === undefined) throw new Error("a route through Emissary, and controllers.emissary is not there");
    const name = mappingName(route, target);
    const { host } = route;
    const canary = route.canary === undefined ? undefined : context.targets.get(route.canary.workload);
    const mapping = mappingOf(route, name, target, options);
    const manifests =
      route.canary === undefined || canary === undefined || route.canary.percent === 0
        ? [mapping]
        : [mapping, sharing(mapping, canary, route.canary.percent)];
    const { ready } = new CustomResources(scope, "Resource", {
      releaseName: `${releasePrefix}${name}`,
      namespace: target.namespace,
      manifests,
      dependsOn: [target.ready, ...(canary === undefined ? [] : [canary.ready])],
    });
    const balancer = () =>
      context.hosts.balancerOfService({ namespace: options.namespace, name: options.releaseName }, ready);
    context.hosts.record(host, route.dns, balancer);
    return { address: `${host === "*" ? balancer().dnsName : host}${route.prefix}` };
  },
});
