import { z } from "zod";
import type { Mapping } from "../../../.gen/getambassador.io/v3alpha1/mapping";
import { hstsHeader } from "../../certificates/hsts";
import type { EmissaryOptions } from "../../controllers/emissary";
import { terraformRecordSchema } from "../../dns/record";
import { defineDoor, type RouteContext } from "../../door/door";
import { CustomResources } from "../../kubernetes/custom-resources";
import { described } from "../../schema/descriptions";
import { releaseNameLimit } from "../../schema/limited-name";
import { dnsLabel, hostname, path, reason } from "../../schema/primitives";
import type { RouteOwner } from "../../workloads/route-target";
import { AskedServices } from "./asked-services";

const releasePrefix = "mapping-";
const nameLimit = releaseNameLimit - releasePrefix.length;

export interface DeclaredEmissary {
  readonly controllers: { readonly emissary?: EmissaryOptions | undefined };
}

function mappingName(route: { readonly name?: string | undefined }, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** Emissary-ingress (Ambassador): a Mapping from host and path prefix to the workload's Service. */
export const ambassador = defineDoor({
  schema: z.strictObject({
    kind: z.literal("ambassador"),
    name: described(
      "Name of the Mapping, at most 45 characters. Default: the workload's name.",
      dnsLabel
        .max(
          nameLimit,
          `a Mapping's name has at most ${nameLimit} characters, for its Helm release ${releasePrefix}<name> has at most ${releaseNameLimit}`,
        )
        .optional(),
    ),
    host: described("Host that the route answers for; `*` is every host.", hostname.default("*")),
    prefix: described("Paths that begin with it are routed.", path.default("/")),
    rewrite: described(
      "What replaces the prefix on the way to the workload; empty keeps the path.",
      z.string().default(""),
    ),
    timeoutMilliseconds: described(
      "In milliseconds, for the whole answer. The default is Emissary's own.",
      z.number().int().min(1).default(3000),
    ),
    bypassAuth: described(
      "Why calls of this route are asked nothing by `externalAuth` of Emissary. Default: they are.",
      z.strictObject({ reason }).optional(),
    ),
    dns: described("Who makes the DNS record of the host. ExternalDNS does not read Mappings.", terraformRecordSchema),
  }),
  controllers: ["emissary"],
  example: { routes: [{ kind: "ambassador", host: "shop.example.com" }] },
  facts: (route, owner) => ({
    object: { kind: "Mapping", name: mappingName(route, owner) },
    host: route.host,
    path: route.prefix,
    exposure: "internal",
    entrance: "ambassador",
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
    const mapping: Mapping = {
      apiVersion: "getambassador.io/v3alpha1",
      kind: "Mapping",
      metadata: { name, namespace: target.namespace },
      spec: {
        // A Mapping without a hostname matches no Host at all.
        hostname: host,
        prefix: route.prefix,
        // Emissary's default would send "/" instead of the path.
        rewrite: route.rewrite,
        service: `${target.service.name}:${target.service.port}`,
        timeout_ms: route.timeoutMilliseconds,
        ...(route.bypassAuth === undefined ? {} : { bypass_auth: true }),
        ...(options.rateLimit === undefined
          ? {}
          : {
              labels: {
                ambassador: [
                  { [name]: [{ generic_key: { value: name } }, { remote_address: { key: "remote_address" } }] },
                ],
              },
            }),
        ...(options.hsts === undefined
          ? {}
          : {
              add_response_headers: { "Strict-Transport-Security": { value: hstsHeader(options.hsts), append: false } },
            }),
      },
    };
    const { ready } = new CustomResources(scope, "Resource", {
      releaseName: `${releasePrefix}${name}`,
      namespace: target.namespace,
      manifests: [mapping],
      dependsOn: [target.ready],
    });
    const balancer = () =>
      context.hosts.balancerOfService({ namespace: options.namespace, name: options.releaseName }, ready);
    context.hosts.record(host, route.dns, balancer);
    return { address: `${host === "*" ? balancer().dnsName : host}${route.prefix}` };
  },
});
