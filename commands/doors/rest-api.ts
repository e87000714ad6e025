import { type Block, placeOf } from "../terraform-json/environment-json";
import { isObject, listAt, objectOf, parsed, textAt } from "../terraform-json/json";
import { aclOf, domainsOf, restAdmission } from "./api-front";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { throughBalancer } from "./vpc-link";
import { type Finding, type Hop, isInternet, type Way } from "./way";

/** A method of a REST API and where it leads, whether written as resources or as a definition in OpenAPI. */
export interface Method {
  readonly path: string;
  readonly method: string;
  readonly authorization: string;
  readonly apiKey: boolean;
  readonly block: Block;
  readonly integration: { readonly uri: string; readonly connection: string; readonly block: Block } | undefined;
}

export function restApiWays(landscape: Landscape): readonly Way[] {
  return landscape.blocks("aws_api_gateway_rest_api").flatMap((api) => {
    const methods = [...methodsOf(landscape, api), ...definedMethods(api)];
    const whole = methods.filter(
      ({ path, method }) =>
        !methods.some(
          (other) => other.method === method && path === `${other.path === "/" ? "" : other.path}/{proxy+}`,
        ),
    );
    return whole.map((method) => way(landscape, api, method));
  });
}

function methodsOf(landscape: Landscape, api: Block): readonly Method[] {
  return landscape.naming("aws_api_gateway_method", "rest_api_id", api).map((block) => {
    const resource = landscape.follow(block, block.arguments["resource_id"]);
    const method = textAt(block.arguments, "http_method") ?? "ANY";
    const integration = landscape.blocks("aws_api_gateway_integration").find((candidate) => {
      const named = landscape.follow(candidate, candidate.arguments["http_method"]);
      return named !== undefined && placeOf(named) === placeOf(block);
    });
    const authorizer = landscape.follow(block, block.arguments["authorizer_id"]);
    const authorization = textAt(block.arguments, "authorization") ?? "NONE";
    return {
      path: pathOf(landscape, resource),
      method,
      authorization: authorizer === undefined ? authorization : `${authorization}, ${authorizerOf(authorizer)}`,
      apiKey: textAt(block.arguments, "api_key_required") === "true",
      block,
      integration:
        integration === undefined
          ? undefined
          : {
              uri: textAt(integration.arguments, "uri") ?? "",
              connection: textAt(integration.arguments, "connection_id") ?? "",
              block: integration,
            },
    };
  });
}

function authorizerOf({ arguments: given }: Block): string {
  const pools = listAt(given, "provider_arns").map(String);
  return pools.length > 0 ? pools.join(", ") : (textAt(given, "authorizer_uri") ?? textAt(given, "name") ?? "");
}

function pathOf(landscape: Landscape, resource: Block | undefined): string {
  if (resource === undefined || resource.type !== "aws_api_gateway_resource") return "/";
  const parent = pathOf(landscape, landscape.follow(resource, resource.arguments["parent_id"]));
  return `${parent === "/" ? "" : parent}/${textAt(resource.arguments, "path_part")}`;
}

/** Methods of an API that is made from a definition in OpenAPI. */
export function definedMethods(api: Block): readonly Method[] {
  const definition = objectOf(parsed(textAt(api.arguments, "body")));
  const schemes = objectOf(objectOf(definition["components"])["securitySchemes"]);
  return Object.entries(objectOf(definition["paths"])).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).flatMap(([name, method]) => {
      if (name === "options" || !isObject(method) || name.startsWith("parameters")) return [];
      const integration = method["x-amazon-apigateway-integration"];
      const secured = listAt(method, "security").flatMap((one) => Object.keys(objectOf(one)));
      const kinds = secured.map((scheme) => textAt(schemes[scheme], "x-amazon-apigateway-authtype") ?? scheme);
      const signed = textAt(method, "x-amazon-apigateway-auth", "type");
      return [
        {
          path,
          method: name === "x-amazon-apigateway-any-method" ? "ANY" : name.toUpperCase(),
          authorization:
            kinds
              .filter((kind) => kind !== "api_key")
              .join(", ")
              .replace("awsSigv4", "AWS_IAM") ||
            signed ||
            "NONE",
          apiKey: secured.includes("api_key"),
          block: api,
          integration:
            integration === undefined
              ? undefined
              : {
                  uri: textAt(integration, "uri") ?? "",
                  connection: textAt(integration, "connectionId") ?? "",
                  block: api,
                },
        },
      ];
    }),
  );
}

function way(landscape: Landscape, api: Block, method: Method): Way {
  const name = textAt(api.arguments, "name") ?? api.name;
  const stages = landscape.naming("aws_api_gateway_stage", "rest_api_id", api);
  const [stage] = stages;
  const admission = restAdmission(landscape, api);
  const domains = domainsOf(landscape, api, "rest");
  const [domain] = domains;
  const route = method.path.replace(/\/\{proxy\+\}$/, "") || "/";
  const listening = [domain?.listening ?? { port: 443, tls: true, policy: "AWS's own", certificate: "AWS's own" }];
  const findings: Finding[] = [...admission.findings];
  if (stage === undefined) {
    findings.push({
      hole: "no-stage",
      says: `The API ${name} has no stage, so nobody reaches it.`,
      place: placeOf(api),
    });
  }
  const end = integrate(landscape, method);
  const asked = saysAuthorization(method.authorization, domain?.mutual === true);
  if (asked === undefined && admission.principals === undefined && isInternet(admission.from)) {
    findings.push({
      hole: "anyone-may-call",
      says: `${method.method} ${method.path} of the API ${name} asks nobody who they are.`,
      place: placeOf(method.block),
    });
  }
  const types = listAt(api.arguments, "endpoint_configuration", "types").map(String);
  const rule: Hop = {
    stop: "rule",
    says: `${method.method} ${method.path}${method.apiKey ? ", with an API key" : ""}`,
    place: placeOf(method.block),
    passages: [],
  };
  const before: readonly Hop[] = domain?.hops ?? [
    { stop: "name", says: "the API's own name, execute-api", passages: [] },
  ];
  return makeWay({
    id: `api-gateway/${name}/${method.method} ${method.path}`,
    kind: "api-gateway",
    declaredAs: declaredRoutes(landscape, name, route),
    front: {
      from: admission.from,
      findings: [],
      hops: [
        { stop: "api", says: `REST API ${name}, ${types.join(", ") || "EDGE"}`, place: placeOf(api), passages: [] },
        {
          stop: "stage",
          says: `${stages.map((one) => textAt(one.arguments, "stage_name")).join(", ") || "no stage"}, 443 TLS, policy ${listening[0]?.policy}, certificate ${listening[0]?.certificate}`,
          ...(stage === undefined ? {} : { place: placeOf(stage) }),
          passages: [],
        },
      ],
    },
    principals: admission.principals,
    listening,
    authentication: asked,
    waf: stage === undefined ? undefined : aclOf(landscape, stage),
    before,
    middle: [rule, ...end.middle],
    backend: end.backend,
    findings: [...findings, ...end.findings],
  });
}

/** Keys of `invoke_urls`, which name what an API serves. */
export function declaredRoutes(landscape: Landscape, api: string, route: string): readonly string[] {
  const urls = Object.keys(
    objectOf(objectOf(objectOf(landscape.environment.stacks.apps?.["output"])["invoke_urls"])["value"]),
  );
  return urls.filter((key) => {
    const path = key.slice(api.length);
    return (
      key.startsWith(`${api}/`) &&
      (route === path ||
        path === "/" ||
        path.startsWith(`${route.replace(/\/$/, "")}/`) ||
        route.startsWith(`${path}/`))
    );
  });
}

export function saysAuthorization(kind: string, mutual: boolean): string | undefined {
  const client = mutual ? ["client certificates"] : [];
  const asked = kind === "NONE" ? [] : [kind === "AWS_IAM" ? "signed by an IAM principal" : kind];
  return [...client, ...asked].join(" and ") || undefined;
}

interface Integrated {
  readonly middle: readonly Hop[];
  readonly backend: Parameters<typeof makeWay>[0]["backend"];
  readonly findings: readonly Finding[];
}

function integrate(landscape: Landscape, { integration, method, path, block }: Method): Integrated {
  if (integration === undefined) {
    return {
      middle: [],
      backend: noBackend,
      findings: [{ hole: "no-integration", says: `${method} ${path} leads to no integration.`, place: placeOf(block) }],
    };
  }
  const { uri, connection } = integration;
  const links = landscape.references.of(integration.block.stack, connection).map((found) => found.block);
  const balancer = landscape.references.of(integration.block.stack, uri).map((found) => found.block)[0];
  if (links.length === 0 && balancer === undefined && connection === "") {
    const sent: Hop = {
      stop: "proxy",
      says: `calls ${uri} over the internet`,
      place: placeOf(integration.block),
      passages: [],
    };
    return { middle: [sent], backend: noBackend, findings: [] };
  }
  const [link] = links;
  if (link === undefined) {
    return {
      middle: [],
      backend: noBackend,
      findings: [
        {
          hole: "no-vpc-link",
          says: `${method} ${path} goes through a VPC link that is not there.`,
          place: placeOf(integration.block),
        },
      ],
    };
  }
  const hop: Hop = {
    stop: "vpc-link",
    says: `VPC link ${textAt(link.arguments, "name")}`,
    place: placeOf(link),
    passages: [],
  };
  const target = landscape.references.of(link.stack, link.arguments["target_arns"]).map((found) => found.block)[0];
  const port = /^https?:\/\/(?:\$\{[^}]*\}|[^/:]+):(\d+)/.exec(uri)?.[1] ?? (uri.startsWith("https") ? "443" : "80");
  const listener =
    target === undefined
      ? undefined
      : landscape
          .naming("aws_lb_listener", "load_balancer_arn", target)
          .find(({ arguments: given }) => textAt(given, "port") === port);
  if (
    target === undefined ||
    listener === undefined ||
    (balancer !== undefined && placeOf(balancer) !== placeOf(target))
  ) {
    return {
      middle: [hop],
      backend: noBackend,
      findings: [
        {
          hole: target === undefined ? "no-vpc-link" : "no-listener",
          says:
            target === undefined
              ? `The VPC link ${textAt(link.arguments, "name")} leads to no load balancer.`
              : `Nothing listens on ${port} of the load balancer that ${method} ${path} goes to.`,
          place: placeOf(target ?? link),
        },
      ],
    };
  }
  const literal = uri.replace(/^https?:\/\/(?:\$\{[^}]*\}|[^/]+)/, "").replace(/\{proxy\+?\}$/, "") || "/";
  return { middle: [hop], backend: throughBalancer(landscape, listener, [], literal), findings: [] };
}
