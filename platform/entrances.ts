import type { Presented } from "../modules/certificates/certificates";
import { type NamedCertificate, type TlsChoice, tlsFacts } from "../modules/certificates/choice";
import type { GatewayRoute } from "../modules/gateway/route-schema";
import type { GatewayOptions } from "../modules/gateway/schema";
import { type PlacedRoute, routesOfKind } from "../modules/workloads/routes";
import { controllerPath } from "./controllers";
import type { Route } from "./doors";
import type { Environment } from "./environment";
import { controllerBalancers } from "./install-controllers";
import { doorTable, routesWithFacts } from "./route";

/** A host that callers name, and the field that says so. */
export interface PlacedHost {
  readonly path: readonly PropertyKey[];
  readonly host: string;
}

/** Something with listeners of its own that callers reach before any workload. */
export interface Entrance {
  /** Where the environment says it, such as `["gateways", "front"]`. */
  readonly path: readonly PropertyKey[];
  readonly exposure: "internal" | "internet-facing";
  /** What it presents of `certificates`; the field is relative to the path. */
  readonly named: readonly NamedCertificate[];
  /** Whether it presents certificates by ARN, of whose hosts nothing is known. */
  readonly byArn: boolean;
  readonly presented: Presented;
  /** Whether some of its routes answer what comes in clear text with more than a redirect. */
  readonly clearText: boolean;
  /** Why, where the environment says so. */
  readonly plainHttp: { readonly reason: string } | undefined;
  /** What is written of it: options that stand where it does. */
  readonly options: TlsChoice & { readonly hsts?: object | undefined; readonly tlsInPods?: boolean };
  /** Every host that is called through it, without `*`. */
  readonly hosts: readonly PlacedHost[];
}

type Parts = Pick<Environment, "apis" | "controllers" | "gateways" | "mesh" | "workloads">;

function ofChoice(choice: TlsChoice): Pick<Entrance, "named" | "byArn" | "plainHttp" | "options"> {
  const { namedCertificates, certificates } = tlsFacts(choice);
  return {
    named: namedCertificates,
    byArn: certificates.length > 0,
    plainHttp: choice.plainHttp,
    options: choice,
  };
}

function named(hosts: readonly PlacedHost[]): readonly PlacedHost[] {
  return hosts.filter(({ host }) => host !== "*");
}

/** What a route with a load balancer of its own says of TLS. */
function optionsOf(route: Route): Entrance["options"] {
  switch (route.kind) {
    case "alb":
    case "nlb":
    case "cloudfront":
      return route;
    default:
      return {};
  }
}

/** Routes that have a load balancer, or another way in, of their own. */
function ofRoutes(environment: Parts): readonly Entrance[] {
  return routesWithFacts(environment).flatMap(({ path, route, facts }) => {
    const { host, exposure, namedCertificates = [], certificates = [], presented = "region", subnets = 0 } = facts;
    if (subnets === 0 && facts.presented === undefined) return [];
    return [
      {
        path,
        exposure,
        named: namedCertificates,
        byArn: certificates.length > 0,
        presented,
        clearText: facts.terminatesTls !== true && facts.handsTlsOn !== true,
        plainHttp: facts.plainHttp,
        options: optionsOf(route),
        hosts: host === undefined ? [] : named([{ path: [...path, "host"], host }]),
      },
    ];
  });
}

/** Load balancers before controllers, for the routes of all doors that need the controller and have none themselves. */
function ofControllers(environment: Parts): readonly Entrance[] {
  const all = routesWithFacts(environment);
  return controllerBalancers(environment.controllers).map(({ name, balancer }) => {
    const routes = all.filter(
      ({ route, facts }) => facts.subnets === undefined && doorTable[route.kind].controllers.includes(name),
    );
    const choice = ofChoice(balancer.tls);
    const certified = choice.byArn || choice.named.length > 0;
    return {
      path: controllerPath(name).split("."),
      exposure: balancer.exposure,
      ...choice,
      presented: "region",
      clearText: !certified && routes.some(({ facts }) => facts.terminatesTls !== true),
      hosts: named(
        routes.flatMap(({ path, facts: { host } }) => (host === undefined ? [] : [{ path: [...path, "host"], host }])),
      ),
    };
  });
}

function ofGateway(
  name: string,
  gateway: GatewayOptions,
  routes: readonly PlacedRoute<GatewayRoute>[],
): readonly Entrance[] {
  const { exposure } = gateway;
  const presented = "region";
  if (gateway.kind === "nlb") {
    return gateway.listeners.map((listener, index) => ({
      path: ["gateways", name, "listeners", index],
      exposure,
      ...ofChoice(listener),
      presented,
      clearText:
        listener.kind === "tcp" &&
        !listener.tlsInPods &&
        routes.some(({ route }) => route.listenerPort === listener.port),
      hosts: [],
    }));
  }
  const { certificates, certificateArns, plainHttp } = gateway;
  return [
    {
      path: ["gateways", name],
      exposure,
      named: certificates.map((certificate, index) => ({ field: ["certificates", index], name: certificate })),
      byArn: certificateArns.length > 0,
      presented,
      clearText: certificates.length + certificateArns.length === 0 && routes.length > 0,
      plainHttp,
      options: { plainHttp, hsts: gateway.hsts },
      hosts: named(
        routes.flatMap(({ path, route: { host } }) => (host === undefined ? [] : [{ path: [...path, "host"], host }])),
      ),
    },
  ];
}

function ofGateways({ gateways, workloads }: Parts): readonly Entrance[] {
  const routes = routesOfKind<GatewayRoute>(workloads, "gateway");
  return Object.entries(gateways).flatMap(([name, gateway]) =>
    ofGateway(
      name,
      gateway,
      routes.filter(({ route }) => route.gateway === name),
    ),
  );
}

function ofApis({ apis }: Parts): readonly Entrance[] {
  return Object.entries(apis).flatMap(([name, api]): readonly Entrance[] => {
    const { customDomain } = api;
    if (customDomain === undefined) return [];
    const path = ["apis", name, "customDomain"];
    return [
      {
        path,
        exposure: "internet-facing",
        ...ofChoice(customDomain),
        presented: api.kind === "rest" && api.endpoint.kind === "EDGE" ? "edge" : "region",
        clearText: false,
        hosts: [{ path: [...path, "name"], host: customDomain.name }],
      },
    ];
  });
}

function ofMesh({ mesh }: Parts): readonly Entrance[] {
  if (mesh?.gateway === undefined) return [];
  const { exposure } = mesh.gateway;
  const choice = ofChoice(mesh.gateway);
  const clearText = !choice.byArn && choice.named.length === 0;
  return [{ path: ["mesh", "gateway"], exposure, ...choice, presented: "region", clearText, hosts: [] }];
}

/** Every entrance of an environment. */
export function entrancesOf(environment: Parts): readonly Entrance[] {
  return [ofRoutes, ofControllers, ofGateways, ofApis, ofMesh].flatMap((of) => of(environment));
}

/** Where a certificate is presented; in the environment's region also where nobody here presents it. */
export function presentedWhere(environment: Parts, certificate: string): readonly Presented[] {
  const using = entrancesOf(environment).filter(({ named: uses }) => uses.some(({ name }) => name === certificate));
  const places = [...new Set(using.map(({ presented }) => presented))].sort();
  return places.length === 0 ? ["region"] : places;
}

/** Something that has one of the environment's web ACLs in front. */
export interface Guarded {
  readonly path: readonly PropertyKey[];
  readonly webAcl: string | undefined;
  readonly byArn: boolean;
  readonly place: Presented;
}

/** Everything that could have a web ACL in front. */
export function guardedBy(environment: Parts): readonly Guarded[] {
  const routes = routesWithFacts(environment).flatMap(({ path, facts: { webAcl, webAcls, presented = "region" } }) =>
    webAcls === undefined ? [] : [{ path, webAcl, byArn: webAcls.length > 0, place: presented }],
  );
  const gateways = Object.entries(environment.gateways).flatMap(([name, gateway]) =>
    gateway.kind === "nlb"
      ? []
      : [
          {
            path: ["gateways", name],
            webAcl: gateway.webAcl,
            byArn: gateway.webAclArn !== undefined,
            place: "region" as const,
          },
        ],
  );
  const apis = Object.entries(environment.apis).flatMap(([name, api]) =>
    api.kind === "http"
      ? []
      : [{ path: ["apis", name], webAcl: api.webAcl, byArn: api.webAclArn !== undefined, place: "region" as const }],
  );
  return [...routes, ...gateways, ...apis];
}

/** Where a web ACL stands; in the environment's region also where nothing here names it. */
export function webAclPlaces(environment: Parts, name: string): readonly Presented[] {
  const places = guardedBy(environment).flatMap(({ webAcl, place }) => (webAcl === name ? [place] : []));
  return places.length === 0 ? ["region"] : [...new Set(places)].sort();
}
