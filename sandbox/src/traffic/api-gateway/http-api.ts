import type { Authorizer, Integration, Route } from "@aws-sdk/client-apigatewayv2";
import { bestMatch } from "./routing";

/** A stage of an HTTP API, as it was deployed. */
export interface HttpStage {
  readonly apiId: string;
  /** `$default` has no part of the path. */
  readonly name: string;
  readonly deploymentId: string;
  readonly routes: readonly Route[];
  readonly integrations: readonly Integration[];
  readonly authorizers: readonly Authorizer[];
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
}

export interface Claims {
  readonly scopes: readonly string[];
}

/** A request at an HTTP API, its path without the stage. */
export interface HttpApiRequest {
  readonly method: string;
  readonly path: string;
  /** Who signed; undefined where nobody did. */
  readonly principalArn: string | undefined;
  /** What a token for this authorizer says; undefined where it is missing, or not good. */
  readonly claims: (authorizer: Authorizer) => Promise<Claims | undefined>;
}

export type HttpDecision =
  | { readonly kind: "refuse"; readonly status: number; readonly message: string; readonly routeKey?: string }
  | {
      readonly kind: "integrate";
      readonly routeKey: string;
      readonly integration: Integration;
      readonly parameters: Readonly<Record<string, string>>;
    };

/** What an HTTP API does with a request, up to its integration. */
export async function decideHttp(stage: HttpStage, request: HttpApiRequest): Promise<HttpDecision> {
  const found = routeFor(stage.routes, request);
  if (found === undefined) {
    return { kind: "refuse", status: 404, message: "Not Found" };
  }
  const { route, parameters } = found;
  const { RouteKey: routeKey = "", Target = "" } = route;
  const refusal = await refusalOf(stage, route, request);
  if (refusal !== undefined) {
    return { kind: "refuse", ...refusal, routeKey };
  }
  const id = Target.replace(/^integrations\//, "");
  const integration = stage.integrations.find(({ IntegrationId }) => IntegrationId === id);
  return integration === undefined
    ? { kind: "refuse", status: 500, message: "Internal Server Error", routeKey }
    : { kind: "integrate", routeKey, integration, parameters };
}

/** A path that fits better comes first, then a method that is named; `$default` takes what nobody else does. */
function routeFor(routes: readonly Route[], { method, path }: HttpApiRequest) {
  const keyed = routes.map((route) => {
    const [verb = "", template = ""] = (route.RouteKey ?? "").split(" ");
    return { route, verb, template };
  });
  for (const verb of [method, "ANY"]) {
    const exact = keyed.filter((each) => each.verb === verb && !each.template.includes("+}"));
    const match = bestMatch(exact, ({ template }) => template, path);
    if (match !== undefined) {
      return { route: match.entry.route, parameters: match.parameters };
    }
  }
  for (const verb of [method, "ANY"]) {
    const greedy = keyed.filter((each) => each.verb === verb && each.template.includes("+}"));
    const match = bestMatch(greedy, ({ template }) => template, path);
    if (match !== undefined) {
      return { route: match.entry.route, parameters: match.parameters };
    }
  }
  const fallback = routes.find(({ RouteKey }) => RouteKey === "$default");
  return fallback === undefined ? undefined : { route: fallback, parameters: {} };
}

async function refusalOf(
  { authorizers }: HttpStage,
  { AuthorizationType = "NONE", AuthorizerId, AuthorizationScopes = [] }: Route,
  request: HttpApiRequest,
): Promise<{ readonly status: number; readonly message: string } | undefined> {
  switch (AuthorizationType) {
    case "NONE":
      return undefined;
    case "AWS_IAM":
      return request.principalArn === undefined ? { status: 403, message: "Forbidden" } : undefined;
    case "JWT": {
      const authorizer = authorizers.find((each) => each.AuthorizerId === AuthorizerId);
      const claims = authorizer === undefined ? undefined : await request.claims(authorizer);
      if (claims === undefined) {
        return { status: 401, message: "Unauthorized" };
      }
      const isAllowed =
        AuthorizationScopes.length === 0 || AuthorizationScopes.some((scope) => claims.scopes.includes(scope));
      return isAllowed ? undefined : { status: 403, message: "Forbidden" };
    }
    // A function decides here, and no function runs: nobody is let in.
    default:
      return { status: 500, message: "Internal Server Error" };
  }
}

/**
 * Address that an HTTP API's integration asks.
 *
 * @param rawPath of the client's request, with its stage
 * @param listener URL of a load balancer's listener by its ARN; undefined where there is none
 * @throws Error for an integration that is not played
 */
export function httpIntegrationUrl(
  { IntegrationType, IntegrationUri = "", ConnectionType, RequestParameters = {} }: Integration,
  request: { readonly path: string; readonly rawPath: string; readonly query: string },
  parameters: Readonly<Record<string, string>>,
  listener: (arn: string) => string | undefined,
): string {
  if (IntegrationType !== "HTTP_PROXY") {
    throw new Error(`an integration of type ${IntegrationType} is not played`);
  }
  const query = request.query === "" ? "" : `?${request.query}`;
  if (ConnectionType !== "VPC_LINK") {
    return `${IntegrationUri.replaceAll(/\{([^}+]+)\+?\}/g, (_, name: string) => parameters[name] ?? "")}${query}`;
  }
  const address = listener(IntegrationUri);
  if (address === undefined) {
    throw new Error(`${IntegrationUri} is no listener of a load balancer`);
  }
  // A private integration is asked for the path with its stage, unless the path is overwritten.
  const overwritten = RequestParameters["overwrite:path"];
  const path =
    overwritten === undefined
      ? request.rawPath
      : overwritten
          .replaceAll("$request.path.", "$parameter.")
          .replaceAll(/\$parameter\.([A-Za-z0-9_]+)/g, (_, name: string) => parameters[name] ?? "")
          .replaceAll("$request.path", request.path);
  return `${address}${path}${query}`;
}
