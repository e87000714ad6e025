import { type Block, placeOf } from "../terraform-json/environment-json";
import { textAt } from "../terraform-json/json";
import { domainsOf } from "./api-front";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { declaredRoutes, saysAuthorization } from "./rest-api";
import { throughBalancer } from "./vpc-link";
import type { Finding, Hop, Way } from "./way";

export function httpApiWays(landscape: Landscape): readonly Way[] {
  return landscape.blocks("aws_apigatewayv2_api").flatMap((api) => {
    const routes = landscape.naming("aws_apigatewayv2_route", "api_id", api);
    const keys = routes.map(({ arguments: given }) => textAt(given, "route_key"));
    return routes
      .filter(({ arguments: given }) => {
        const key = textAt(given, "route_key") ?? "";
        return !key.endsWith("/{proxy+}") || !keys.includes(key.replace(/\/\{proxy\+\}$/, "").replace(/ $/, " /"));
      })
      .map((route) => way(landscape, api, route));
  });
}

function way(landscape: Landscape, api: Block, route: Block): Way {
  const name = textAt(api.arguments, "name") ?? api.name;
  const key = textAt(route.arguments, "route_key") ?? "$default";
  const path = key.replace(/^\S+\s+/, "").replace(/\/\{proxy\+\}$/, "") || "/";
  const [stage] = landscape.naming("aws_apigatewayv2_stage", "api_id", api);
  const [domain] = domainsOf(landscape, api, "http");
  const listening = [domain?.listening ?? { port: 443, tls: true, policy: "AWS's own", certificate: "AWS's own" }];
  const authorizer = landscape.follow(route, route.arguments["authorizer_id"]);
  const kind = textAt(route.arguments, "authorization_type") ?? "NONE";
  const issuer = textAt(authorizer?.arguments, "jwt_configuration", "issuer");
  const asked = saysAuthorization(issuer === undefined ? kind : `${kind} of ${issuer}`, domain?.mutual === true);
  const findings: Finding[] = [];
  if (stage === undefined) {
    findings.push({
      hole: "no-stage",
      says: `The API ${name} has no stage, so nobody reaches it.`,
      place: placeOf(api),
    });
  }
  if (asked === undefined) {
    findings.push({
      hole: "anyone-may-call",
      says: `${key} of the API ${name} asks nobody who they are.`,
      place: placeOf(route),
    });
  }
  const end = integrate(landscape, route, key);
  return makeWay({
    id: `api-gateway/${name}/${key}`,
    kind: "api-gateway",
    declaredAs: declaredRoutes(landscape, name, path),
    front: {
      from: [{ kind: "internet" }],
      findings: [],
      hops: [
        { stop: "api", says: `HTTP API ${name}`, place: placeOf(api), passages: [] },
        {
          stop: "stage",
          says: `${textAt(stage?.arguments, "name") ?? "no stage"}, 443 TLS, policy ${listening[0]?.policy}, certificate ${listening[0]?.certificate}`,
          ...(stage === undefined ? {} : { place: placeOf(stage) }),
          passages: [],
        },
      ],
    },
    listening,
    authentication: asked,
    waf: undefined,
    // AWS WAF takes no HTTP APIs.
    knows: { authentication: true, waf: false },
    before: domain?.hops ?? [{ stop: "name", says: "the API's own name, execute-api", passages: [] }],
    middle: [{ stop: "rule", says: key, place: placeOf(route), passages: [] }, ...end.middle],
    backend: end.backend,
    findings: [...findings, ...end.findings],
  });
}

function integrate(landscape: Landscape, route: Block, key: string) {
  const integration = landscape.follow(route, route.arguments["target"]);
  if (integration === undefined) {
    const finding: Finding = { hole: "no-integration", says: `${key} leads to no integration.`, place: placeOf(route) };
    return { middle: [], backend: noBackend, findings: [finding] };
  }
  const uri = textAt(integration.arguments, "integration_uri") ?? "";
  if (integration.arguments["connection_id"] === undefined && /^https?:\/\//.test(uri)) {
    const outside: Hop = {
      stop: "proxy",
      says: `calls ${uri} over the internet`,
      place: placeOf(integration),
      passages: [],
    };
    return { middle: [outside], backend: noBackend, findings: [] };
  }
  const listener = landscape.follow(integration, integration.arguments["integration_uri"]);
  const link = landscape.follow(integration, integration.arguments["connection_id"]);
  return throughLink(landscape, { key, place: placeOf(integration), link, listener });
}

/** From an integration to pods; `link` and `listener` are what it names. */
export function throughLink(
  landscape: Landscape,
  {
    key,
    place,
    link,
    listener,
  }: {
    readonly key: string;
    readonly place: string;
    readonly link:
      | Block
      | { readonly groups: readonly string[]; readonly name: string; readonly place: string }
      | undefined;
    readonly listener: Block | undefined;
  },
) {
  if (link === undefined) {
    const finding: Finding = { hole: "no-vpc-link", says: `${key} goes through a VPC link that is not there.`, place };
    return { middle: [], backend: noBackend, findings: [finding] };
  }
  const groups =
    "groups" in link ? link.groups : landscape.references.identities(link.stack, link.arguments["security_group_ids"]);
  const hop: Hop = {
    stop: "vpc-link",
    says: `VPC link ${"groups" in link ? link.name : textAt(link.arguments, "name")}`,
    place: "groups" in link ? link.place : placeOf(link),
    passages: groups.map((group) => ({ kind: "security-group", lets: true, says: `group ${group}` })),
  };
  if (listener === undefined || listener.type !== "aws_lb_listener") {
    const finding: Finding = { hole: "no-listener", says: `${key} goes to a listener that is not there.`, place };
    return { middle: [hop], backend: noBackend, findings: [finding] };
  }
  const path = key.replace(/^\S+\s+/, "").replace(/\/\{proxy\+\}$/, "") || "/";
  return { middle: [hop], backend: throughBalancer(landscape, listener, groups, path), findings: [] };
}
