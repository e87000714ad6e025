import { type Arguments, resource, resources, type TerraformJson } from "../../support/synth";

/** A method of a REST API, as its OpenAPI document has it. */
export interface DocumentedMethod {
  readonly path: string;
  readonly httpMethod: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly integration: Arguments;
}

/** As much of an OpenAPI document as tests look at. */
export interface ApiDocument {
  readonly info: { readonly title: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, Arguments>> };
  readonly [extension: `x-amazon-apigateway-${string}`]: unknown;
}

const anyMethod = "x-amazon-apigateway-any-method";

/** The document of an API; of the only one, where none is named. */
export function documentOf(json: TerraformJson, name?: string): ApiDocument {
  const api =
    name === undefined
      ? resources(json, "aws_api_gateway_rest_api")[0]
      : resource(json, "aws_api_gateway_rest_api", name);
  return JSON.parse(String(api?.["body"]));
}

/** Methods of an API, in the order of its document. */
export function methodsOf(json: TerraformJson, name?: string): readonly DocumentedMethod[] {
  return Object.entries(documentOf(json, name).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      httpMethod: method === anyMethod ? "ANY" : method.toUpperCase(),
      security: (operation["security"] ?? []) as DocumentedMethod["security"],
      parameters: (operation["parameters"] ?? []) as DocumentedMethod["parameters"],
      responses: operation["responses"] as DocumentedMethod["responses"],
      integration: operation["x-amazon-apigateway-integration"] as Arguments,
    })),
  );
}

/** The one method of a path and a method of HTTP. */
export function methodOf(json: TerraformJson, path: string, httpMethod = "ANY"): DocumentedMethod {
  const found = methodsOf(json).find((method) => method.path === path && method.httpMethod === httpMethod);
  if (found === undefined) throw new Error(`no ${httpMethod} ${path}`);
  return found;
}
