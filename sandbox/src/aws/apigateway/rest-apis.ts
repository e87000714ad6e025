import { type Answer, type Call, jsonError } from "../exchange";
import type { MotoClient } from "../moto-client";
import { completed, type JsonObject, jsonObject, type Overlays } from "../overlay";
import type { Store } from "../store";
import { apiDocument, DocumentImport } from "./api-document";
import { CompletedDocuments } from "./completed-documents";
import { createdPath, identifierOf, kindOf } from "./documents";
import { patchedFields, patchOperations } from "./patch";

/**
 * What moto lacks of REST APIs: changing methods, integrations, their responses, resources, deployments, domain names
 * and VPC links; fields it drops when they are made; tags; and the resource policy in the form in which AWS sends it.
 */
export class RestApis {
  private readonly documents: CompletedDocuments;

  constructor(
    private readonly moto: MotoClient,
    store: Store,
  ) {
    this.documents = new CompletedDocuments(moto, store, {
      listField: "item",
      identifierOf,
      finish: (path, document) => escapedPolicy(withDocumentsInside(store.overlays, path, document)),
    });
  }

  async answer(call: Call): Promise<Answer | undefined> {
    const path = decodeURIComponent(call.path).replace(/\/$/, "");
    const tagged = /^\/tags\/arn:[^/]*(\/.+)$/.exec(path)?.[1];
    if (tagged !== undefined) {
      return this.documents.tags(call, tagged);
    }
    const kind = kindOf(path);
    switch (call.method) {
      case "PATCH": {
        const { patchOperations: operations } = patchOperations.parse(jsonObject(call.body) ?? {});
        return kind && this.documents.change(call, path, (before) => patchedFields(before, operations, kind.types));
      }
      case "PUT":
        if (/^\/restapis\/[^/]+$/.test(path)) return this.putDocument(call, path);
        return kind && this.documents.create(call, () => path);
      case "POST":
        return this.documents.create(call, (document) => createdPath(path, document));
      case "DELETE":
        return this.documents.remove(call, path);
      case "GET":
        return this.documents.read(call, path);
      default:
        return undefined;
    }
  }

  /** An OpenAPI document in the place of all that the API was. */
  private async putDocument(call: Call, path: string): Promise<Answer> {
    const document = apiDocument.safeParse(jsonObject(call.body));
    if (!document.success)
      return jsonError("BadRequestException", 400, `Errors found during import: ${document.error}`);
    // moto takes all resources away, and of those in a document it keeps the least.
    const emptied = Buffer.from(JSON.stringify({ ...document.data, paths: {} }));
    const { "content-length": _length, ...headers } = call.headers;
    const answer = await this.documents.emptied({ ...call, headers, body: emptied }, path);
    if (answer.status >= 300) return answer;
    const forward = async (one: Call) => (await this.answer(one)) ?? (await this.moto.forward(one));
    await new DocumentImport({ ...call, headers }, path, forward).into(document.data);
    const { title, description } = document.data.info;
    const policy = document.data["x-amazon-apigateway-policy"];
    this.documents.keep(path, {
      name: title,
      ...(description === undefined ? {} : { description }),
      policy: policy === undefined ? null : JSON.stringify(policy),
    });
    return this.documents.read(
      { ...call, headers, method: "GET", query: new URLSearchParams(), body: Buffer.alloc(0) },
      path,
    );
  }
}

/** A document whose inner documents are completed too: a method holds its integration, and both hold responses. */
export function withDocumentsInside(kept: Overlays, path: string, document: JsonObject): JsonObject {
  const complete = (innerPath: string, inner: JsonObject): JsonObject =>
    withDocumentsInside(kept, innerPath, completed(kept, innerPath, inner));
  const members = (field: string, pathOf: (name: string) => string): JsonObject => {
    const all = document[field];
    return isObject(all)
      ? {
          [field]: Object.fromEntries(
            Object.entries(all).map(([name, one]) => [name, isObject(one) ? complete(pathOf(name), one) : one]),
          ),
        }
      : {};
  };
  const integration = document["methodIntegration"];
  return {
    ...document,
    ...members("resourceMethods", (name) => `${path}/methods/${name}`),
    ...members("methodResponses", (name) => `${path}/responses/${name}`),
    ...members("integrationResponses", (name) => `${path}/responses/${name}`),
    ...(isObject(integration) ? { methodIntegration: complete(`${path}/integration`, integration) } : {}),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS sends a resource policy as text whose quotes are escaped once more; the Terraform provider counts on it. */
export function escapedPolicy(document: JsonObject): JsonObject {
  const policy = document["policy"];
  return typeof policy === "string" && policy !== ""
    ? { ...document, policy: JSON.stringify(policy).slice(1, -1) }
    : document;
}
