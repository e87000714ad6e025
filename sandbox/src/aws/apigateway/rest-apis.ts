import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { completed, type JsonObject, jsonObject, type Overlays } from "../overlay";
import type { Store } from "../store";
import { CompletedDocuments } from "./completed-documents";
import { createdPath, identifierOf, kindOf } from "./documents";
import { patchedFields, patchOperations } from "./patch";

/**
 * What moto lacks of REST APIs: changing methods, integrations, their responses, resources, deployments, domain names
 * and VPC links; fields it drops when they are made; tags; and the resource policy in the form in which AWS sends it.
 */
export class RestApis {
  private readonly documents: CompletedDocuments;

  constructor(moto: MotoClient, store: Store) {
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
