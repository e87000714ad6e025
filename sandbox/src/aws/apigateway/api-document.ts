import { z } from "zod";
import type { Answer, Call } from "../exchange";
import { type JsonObject, jsonObject } from "../overlay";

const scheme = z.looseObject({ "x-amazon-apigateway-authtype": z.string().optional() });
const integration = z.looseObject({
  type: z.string(),
  passthroughBehavior: z.string().optional(),
  httpMethod: z.string().optional(),
  responses: z.record(z.string(), z.looseObject({ statusCode: z.string() })).default({}),
});
const operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), z.unknown()).default({}),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  "x-amazon-apigateway-integration": integration.optional(),
});

/** As much of an OpenAPI document as API Gateway makes resources and methods from. */
export const apiDocument = z.looseObject({
  info: z.looseObject({ title: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ securitySchemes: z.record(z.string(), scheme).default({}) }).prefault({}),
  "x-amazon-apigateway-policy": z.unknown().optional(),
});
export type ApiDocument = z.output<typeof apiDocument>;

type Operation = z.output<typeof operation>;
type Ask = (call: Call) => Promise<Answer | undefined>;

const listed = z.object({ item: z.array(z.object({ id: z.string(), path: z.string() })) });
const made = z.object({ id: z.string() });

/** What one calls a method of HTTP that stands for all. */
const anyMethod = "x-amazon-apigateway-any-method";

/** Source: API Gateway developer guide, "OpenAPI extensions", authtype and integration. */
function methodOf(one: Operation, schemes: ApiDocument["components"]["securitySchemes"]): JsonObject {
  const required = one.security.flatMap((all) => Object.entries(all));
  const signed = required.find(([name]) => schemes[name]?.["x-amazon-apigateway-authtype"] !== undefined);
  const type = signed === undefined ? undefined : schemes[signed[0]]?.["x-amazon-apigateway-authtype"];
  const path = one.parameters.filter((parameter) => parameter.in === "path");
  return {
    authorizationType: type === undefined ? "NONE" : type === "awsSigv4" ? "AWS_IAM" : type.toUpperCase(),
    authorizationScopes: signed?.[1] ?? [],
    apiKeyRequired: required.some(([name]) => schemes[name] !== undefined && name !== signed?.[0]),
    requestParameters: Object.fromEntries(path.map(({ name }) => [`method.request.path.${name}`, true])),
  };
}

function integrationOf({ responses: _responses, ...sent }: z.output<typeof integration>): JsonObject {
  return {
    ...sent,
    type: sent.type.toUpperCase(),
    ...(sent.passthroughBehavior === undefined ? {} : { passthroughBehavior: sent.passthroughBehavior.toUpperCase() }),
  };
}

/** Puts the resources and methods of a document into an API that has none but the root. */
export class DocumentImport {
  constructor(
    private readonly call: Call,
    /** Path of the API, `/restapis/<id>`. */
    private readonly api: string,
    private readonly ask: Ask,
  ) {}

  async into({ paths, components }: ApiDocument): Promise<void> {
    const resources = new Map<string, string>();
    const { item } = listed.parse(await this.send("GET", `${this.api}/resources`));
    for (const { id, path } of item) resources.set(path, id);
    for (const [path, methods] of Object.entries(paths)) {
      const resource = await this.resource(path, resources);
      for (const [name, one] of Object.entries(methods)) {
        const httpMethod = name === anyMethod ? "ANY" : name.toUpperCase();
        await this.method(`${this.api}/resources/${resource}/methods/${httpMethod}`, one, components.securitySchemes);
      }
    }
  }

  /** The resource of a path, made with all above it where it is not there. */
  private async resource(path: string, known: Map<string, string>): Promise<string> {
    const there = known.get(path);
    if (there !== undefined) return there;
    const cut = path.lastIndexOf("/");
    const parent = await this.resource(path.slice(0, cut) || "/", known);
    const { id } = made.parse(
      await this.send("POST", `${this.api}/resources/${parent}`, { pathPart: path.slice(cut + 1) }),
    );
    known.set(path, id);
    return id;
  }

  private async method(
    path: string,
    one: Operation,
    schemes: ApiDocument["components"]["securitySchemes"],
  ): Promise<void> {
    await this.send("PUT", path, methodOf(one, schemes));
    for (const status of Object.keys(one.responses)) await this.send("PUT", `${path}/responses/${status}`, {});
    const answered = one["x-amazon-apigateway-integration"];
    if (answered === undefined) return;
    await this.send("PUT", `${path}/integration`, integrationOf(answered));
    for (const { statusCode, ...response } of Object.values(answered.responses)) {
      await this.send("PUT", `${path}/integration/responses/${statusCode}`, response);
    }
  }

  private async send(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const answer = await this.ask({
      ...this.call,
      method,
      path,
      query: new URLSearchParams(),
      body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    });
    const document = jsonObject(answer?.body ?? Buffer.alloc(0));
    if (answer === undefined || answer.status >= 300 || document === undefined)
      throw new Error(`${method} ${path} of a document: ${answer?.status} ${answer?.body.toString("utf8")}`);
    return document;
  }
}
