import type { PolicyDocument } from "../identity/policy";
import { isGreedy } from "./plan";
import type { RestIntegration } from "./rest-integration";
import { apiKey, type Secured, type SecurityScheme } from "./rest-security";

/** One method of a REST API with what answers it. */
export interface DocumentedMethod {
  readonly path: string;
  readonly httpMethod: string;
  readonly secured: Secured;
  readonly apiKeyRequired: boolean;
  readonly integration: RestIntegration;
}

interface Named {
  readonly title: string;
  readonly description: string | undefined;
  readonly policy: PolicyDocument | undefined;
  readonly binaryMediaTypes: readonly string[];
  /** What API Gateway would otherwise set back to its default with each document. */
  readonly endpoint: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

const anyMethod = "x-amazon-apigateway-any-method";

/** The one answer of an integration that is no proxy: whatever the backend sent, as it is. */
const passedOn = {
  method: {
    "200": {
      description: "The backend's answer.",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Empty" } } },
    },
  },
  integration: { default: { statusCode: "200", responseTemplates: { "application/json": "" } } },
};

function definedOnly(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Source: API Gateway developer guide, "x-amazon-apigateway-integration object". */
function integrationOf(integration: RestIntegration): Fields {
  return definedOnly({
    type: integration.type.toLowerCase(),
    httpMethod: integration.integrationHttpMethod,
    uri: integration.uri,
    connectionType: integration.connectionType,
    connectionId: integration.connectionId,
    integrationTarget: integration.integrationTarget,
    passthroughBehavior: integration.passthroughBehavior?.toLowerCase(),
    timeoutInMillis: integration.timeoutMilliseconds,
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    responses: integration.type === "HTTP" ? passedOn.integration : undefined,
  });
}

function requirements({ secured, apiKeyRequired }: DocumentedMethod): readonly Fields[] {
  const keys = apiKeyRequired ? { [apiKey.name]: [] } : {};
  const signed = secured.scheme === undefined ? {} : { [secured.scheme]: secured.scopes };
  const all = { ...signed, ...keys };
  // One object, all of whose schemes a caller has to show; two would be a choice.
  return Object.keys(all).length === 0 ? [] : [all];
}

function operation(method: DocumentedMethod): Fields {
  const security = requirements(method);
  return {
    ...(isGreedy(method.path)
      ? { parameters: [{ name: "proxy", in: "path", required: true, schema: { type: "string" } }] }
      : {}),
    responses: method.integration.type === "HTTP" ? passedOn.method : {},
    ...(security.length === 0 ? {} : { security }),
    "x-amazon-apigateway-integration": integrationOf(method.integration),
  };
}

function schemesOf(methods: readonly DocumentedMethod[]): Readonly<Record<string, SecurityScheme>> {
  const signed = methods.flatMap(({ secured: { scheme, definition } }) =>
    scheme === undefined || definition === undefined ? [] : [[scheme, definition] as const],
  );
  const keyed = methods.some(({ apiKeyRequired }) => apiKeyRequired) ? [[apiKey.name, apiKey.definition] as const] : [];
  return Object.fromEntries([...signed, ...keyed]);
}

/**
 * The whole of a REST API as an OpenAPI document. API Gateway takes it at once in the place of what was there, so a method
 * that is not in it any more is gone before the next deployment is made.
 */
export function restDocument(
  { title, description, policy, binaryMediaTypes, endpoint }: Named,
  methods: readonly DocumentedMethod[],
): Fields {
  const paths = [...new Set(methods.map(({ path }) => path))];
  return {
    openapi: "3.0.1",
    info: { title, version: "1", ...(description === undefined ? {} : { description }) },
    paths: Object.fromEntries(
      paths.map((path) => [
        path,
        Object.fromEntries(
          methods
            .filter((method) => method.path === path)
            .map((method) => [
              method.httpMethod === "ANY" ? anyMethod : method.httpMethod.toLowerCase(),
              operation(method),
            ]),
        ),
      ]),
    ),
    components: { schemas: { Empty: { type: "object", title: "Empty" } }, securitySchemes: schemesOf(methods) },
    ...(policy === undefined ? {} : { "x-amazon-apigateway-policy": policy }),
    ...(binaryMediaTypes.length === 0 ? {} : { "x-amazon-apigateway-binary-media-types": binaryMediaTypes }),
    ...(Object.keys(endpoint).length === 0 ? {} : { "x-amazon-apigateway-endpoint-configuration": endpoint }),
  };
}
