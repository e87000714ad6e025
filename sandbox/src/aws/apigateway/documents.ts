import type { FieldType } from "./patch";

/** A kind of document of REST APIs that moto cannot change, or that it keeps in part. */
export interface DocumentKind {
  readonly path: RegExp;
  /** Types of the fields that are not text. */
  readonly types: Readonly<Record<string, FieldType>>;
}

const api = "/restapis/[^/]+";
const method = `${api}/resources/[^/]+/methods/[^/]+`;

export const documentKinds: readonly DocumentKind[] = [
  kind(api, {
    binaryMediaTypes: "list",
    disableExecuteApiEndpoint: "boolean",
    minimumCompressionSize: "number",
    endpointConfiguration: "endpoint configuration",
  }),
  kind(`${api}/resources/[^/]+`, {}),
  kind(method, {
    apiKeyRequired: "boolean",
    authorizationScopes: "list",
    requestModels: "map",
    requestParameters: "map of booleans",
  }),
  kind(`${method}/responses/[^/]+`, { responseModels: "map", responseParameters: "map of booleans" }),
  kind(`${method}/integration`, {
    cacheKeyParameters: "list",
    requestParameters: "map",
    requestTemplates: "map",
    timeoutInMillis: "number",
    tlsConfig: "map of booleans",
  }),
  kind(`${method}/integration/responses/[^/]+`, { responseParameters: "map", responseTemplates: "map" }),
  kind(`${api}/deployments/[^/]+`, {}),
  kind(`${api}/authorizers/[^/]+`, { providerARNs: "list", authorizerResultTtlInSeconds: "number" }),
  kind(`${api}/models/[^/]+`, {}),
  kind("/domainnames/[^/]+", {
    endpointConfiguration: "endpoint configuration",
    mutualTlsAuthentication: "map",
  }),
  kind("/vpclinks/[^/]+", {}),
];

function kind(path: string, types: Readonly<Record<string, FieldType>>): DocumentKind {
  return { path: new RegExp(`^${path}$`), types };
}

/** The kind of the document at a path, if it is one that the front completes. */
export function kindOf(path: string): DocumentKind | undefined {
  return documentKinds.find((candidate) => candidate.path.test(path));
}

/** The path of a document that a POST to a path has made; a resource is posted to its parent. */
export function createdPath(postedTo: string, document: Readonly<Record<string, unknown>>): string {
  const collection = postedTo.replace(/^(\/restapis\/[^/]+\/resources)\/[^/]+$/, "$1");
  return `${collection}/${identifierOf(collection, document)}`;
}

/** What names a document within its collection. */
export function identifierOf(collection: string, document: Readonly<Record<string, unknown>>): string {
  const field = collection === "/domainnames" ? "domainName" : collection.endsWith("/models") ? "name" : "id";
  return String(document[field]);
}
