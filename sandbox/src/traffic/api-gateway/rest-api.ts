import type { Integration, Method, Resource } from "@aws-sdk/client-api-gateway";
import { evaluatePolicy } from "./resource-policy";
import { bestMatch } from "./routing";

/** A stage as its deployment left it: what was changed after that is not in it. */
export interface DeployedStage {
  readonly apiId: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
  readonly deploymentId: string;
  readonly policy: string | undefined;
  readonly resources: readonly Resource[];
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
}

/** A request at an API, its path without the stage. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly sourceIp: string;
  readonly apiKey: string | undefined;
  /** Who signed; undefined where nobody did. A signature that is wrong never comes this far. */
  readonly principalArn: string | undefined;
}

export type Decision =
  | { readonly kind: "refuse"; readonly status: number; readonly message: string; readonly resourcePath?: string }
  | {
      readonly kind: "integrate";
      readonly resourcePath: string;
      readonly integration: Integration;
      readonly parameters: Readonly<Record<string, string>>;
    };

const userOrRole = /arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/[^"\\]+/g;

/** ARNs of the users and roles that a stage's policy names. */
export function signersOf({ policy }: DeployedStage): readonly string[] {
  return [...new Set(policy?.match(userOrRole) ?? [])];
}

/** API Gateway says the same to an unsigned call and to one for a path that is not there. */
const missingToken: Decision = { kind: "refuse", status: 403, message: "Missing Authentication Token" };

/** What a REST API does with a request, up to its integration. */
export function decide(stage: DeployedStage, request: ApiRequest, hasKey: (key: string) => boolean): Decision {
  const match = bestMatch(stage.resources, ({ path = "/" }) => path, request.path);
  const method = match === undefined ? undefined : methodOf(match.entry, request.method);
  if (match === undefined || method === undefined) {
    return missingToken;
  }
  const { path: resourcePath = "/" } = match.entry;
  const needsSignature = method.authorizationType === "AWS_IAM";
  const verdict =
    stage.policy === undefined
      ? "nothing"
      : evaluatePolicy(stage.policy, {
          resource: invokedArn(stage, request),
          principalArn: request.principalArn,
          context: { "aws:SourceIp": request.sourceIp, "aws:PrincipalArn": request.principalArn },
        });
  if (needsSignature && request.principalArn === undefined) {
    return { ...missingToken, resourcePath };
  }
  // A policy alone decides over those who need not sign; those who do are the account's own, and may unless denied.
  if (verdict === "deny" || (verdict === "nothing" && stage.policy !== undefined && !needsSignature)) {
    return { kind: "refuse", status: 403, message: notAuthorized(stage, request, verdict === "deny"), resourcePath };
  }
  if (!["NONE", "AWS_IAM"].includes(method.authorizationType ?? "NONE")) {
    return { kind: "refuse", status: 500, message: "Internal server error", resourcePath };
  }
  if (method.apiKeyRequired === true && !hasKey(request.apiKey ?? "")) {
    return { kind: "refuse", status: 403, message: "Forbidden", resourcePath };
  }
  const { methodIntegration } = method;
  return methodIntegration === undefined
    ? { kind: "refuse", status: 500, message: "Internal server error", resourcePath }
    : { kind: "integrate", resourcePath, integration: methodIntegration, parameters: match.parameters };
}

function methodOf({ resourceMethods = {} }: Resource, method: string): Method | undefined {
  return resourceMethods[method] ?? resourceMethods["ANY"];
}

function invokedArn({ region, accountId, apiId, name }: DeployedStage, { method, path }: ApiRequest): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${name}/${method}${path}`;
}

function notAuthorized(stage: DeployedStage, request: ApiRequest, isExplicit: boolean): string {
  const who = request.principalArn ?? "anonymous";
  const end = isExplicit ? " with an explicit deny" : "";
  const hidden = invokedArn(stage, request).replace(/:\d{8}(\d{4}):/, ":********$1:");
  return `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${hidden}${end}`;
}

/** What is asked of the integration's address. */
export interface Onward {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The request that a method's integration makes of the client's.
 *
 * @throws Error for an integration that is not played
 */
export function onward(
  { type, uri = "", httpMethod, requestParameters = {} }: Integration,
  request: { readonly method: string; readonly query: string; readonly headers: Readonly<Record<string, string>> },
  parameters: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Onward {
  if (type !== "HTTP" && type !== "HTTP_PROXY") {
    throw new Error(`an integration of type ${type} is not played`);
  }
  const isProxy = type === "HTTP_PROXY";
  const mapped = Object.entries(requestParameters).map(([target, source]) => ({
    target: target.replace(/^integration\.request\./, ""),
    value: mappedValue(source, request, parameters),
  }));
  const inPath = Object.fromEntries(
    mapped.flatMap(({ target, value }) => (target.startsWith("path.") ? [[target.slice(5), value] as const] : [])),
  );
  const filled = uri
    .replaceAll(/\$\{stageVariables\.([^}]+)\}/g, (_, name: string) => variables[name] ?? "")
    .replaceAll(/\{([^}]+?)\+?\}/g, (_, name: string) => inPath[name] ?? "");
  const headers = Object.fromEntries(
    mapped.flatMap(({ target, value }) =>
      target.startsWith("header.") ? [[target.slice(7).toLowerCase(), value] as const] : [],
    ),
  );
  return {
    method: httpMethod === undefined || httpMethod === "ANY" ? request.method : httpMethod,
    url: isProxy && request.query !== "" ? `${filled}?${request.query}` : filled,
    headers: { ...(isProxy ? request.headers : {}), ...headers },
  };
}

/** `'text'` is itself; `method.request.<place>.<name>` is what the client sent there. */
function mappedValue(
  source: string,
  request: { readonly query: string; readonly headers: Readonly<Record<string, string>> },
  parameters: Readonly<Record<string, string>>,
): string {
  const [, text] = /^'(.*)'$/.exec(source) ?? [];
  const [, place, name = ""] = /^method\.request\.(path|header|querystring)\.(.+)$/.exec(source) ?? [];
  switch (place) {
    case "path":
      return parameters[name] ?? "";
    case "header":
      return request.headers[name.toLowerCase()] ?? "";
    case "querystring":
      return new URLSearchParams(request.query).get(name) ?? "";
    default:
      return text ?? "";
  }
}
