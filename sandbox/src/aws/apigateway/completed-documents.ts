import { z } from "zod";
import { type Answer, type Call, jsonAnswer, withDocument } from "../exchange";
import type { MotoClient } from "../moto-client";
import { completed, forget, type JsonObject, jsonObject, keep } from "../overlay";
import type { Store } from "../store";

/** How the documents of one version of the API Gateway API are found and finished. */
export interface DocumentRules {
  /** The field of a list's document that holds its members. */
  readonly listField: "item" | "items";
  /** What names a document within its collection. */
  identifierOf(collection: string, document: JsonObject): string;
  /** Last touches to a document, after what is kept for it has been laid over it. */
  finish(path: string, document: JsonObject): JsonObject;
}

const tagged = z.object({ tags: z.record(z.string(), z.string()) });

/**
 * Documents that moto keeps in part or cannot change. Everything is still asked of moto; what it would lose is kept in
 * the store, by the path of the document, and laid over its answers.
 */
export class CompletedDocuments {
  constructor(
    private readonly moto: MotoClient,
    private readonly store: Store,
    private readonly rules: DocumentRules,
  ) {}

  /** A document or a list of them, completed. */
  async read(call: Call, path: string): Promise<Answer> {
    const answer = await this.moto.forward(call);
    const document = jsonObject(answer.body);
    if (answer.status !== 200 || document === undefined) {
      return answer;
    }
    const { listField, identifierOf } = this.rules;
    const members = document[listField];
    if (Array.isArray(members)) {
      const complete = (one: JsonObject): JsonObject => this.complete(`${path}/${identifierOf(path, one)}`, one);
      return withDocument(answer, { ...document, [listField]: members.map(complete) });
    }
    return withDocument(answer, this.complete(path, document));
  }

  /** Has moto make a document and keeps the fields that were sent and that it does not answer with. */
  async create(call: Call, pathOf: (document: JsonObject) => string): Promise<Answer> {
    const answer = await this.moto.forward(call);
    const document = jsonObject(answer.body);
    if (answer.status >= 300 || document === undefined) {
      return answer;
    }
    const path = pathOf(document);
    const sent = Object.entries(jsonObject(call.body) ?? {});
    const lost = sent.filter(([name, value]) => !isEmpty(value) && isEmpty(document[name]));
    forget(this.store.overlays, path);
    this.keep(path, Object.fromEntries(lost));
    return withDocument(answer, this.complete(path, document));
  }

  /** Changes a document without asking moto, which only has to know it. */
  async change(call: Call, path: string, fieldsOf: (before: JsonObject) => JsonObject): Promise<Answer> {
    const answer = await this.moto.forward({ ...call, method: "GET", body: Buffer.alloc(0) });
    const document = jsonObject(answer.body);
    if (answer.status !== 200 || document === undefined) {
      return answer;
    }
    this.keep(path, fieldsOf(completed(this.store.overlays, path, document)));
    return jsonAnswer(this.complete(path, document));
  }

  /** Has moto replace what stands below a document; what was kept of that is forgotten. */
  async emptied(call: Call, path: string): Promise<Answer> {
    const answer = await this.moto.forward(call);
    if (answer.status < 300) {
      forget(this.store.overlays, `${path}/resources`);
      this.store.save();
    }
    return answer;
  }

  async remove(call: Call, path: string): Promise<Answer> {
    const answer = await this.moto.forward(call);
    if (answer.status < 300) {
      forget(this.store.overlays, path);
      this.store.save();
    }
    return answer;
  }

  /** The tags of the document at a path: read, added to by POST and PUT, taken away by DELETE. */
  async tags(call: Call, path: string): Promise<Answer> {
    const url = path.split("/").map(encodeURIComponent).join("/");
    const get: Call = { ...call, method: "GET", path: url, query: new URLSearchParams(), body: Buffer.alloc(0) };
    const answer = await this.read(get, path);
    if (answer.status !== 200) {
      return answer;
    }
    const { tags } = tagged.catch({ tags: {} }).parse(jsonObject(answer.body));
    switch (call.method) {
      case "GET":
        return jsonAnswer({ tags });
      case "DELETE": {
        const gone = call.query.getAll("tagKeys");
        this.keep(path, { tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.includes(key))) });
        return noContent;
      }
      default:
        this.keep(path, { tags: { ...tags, ...tagged.parse(jsonObject(call.body)).tags } });
        return call.method === "PUT" ? noContent : jsonAnswer({}, 201);
    }
  }

  keep(path: string, fields: JsonObject): void {
    if (Object.keys(fields).length > 0) {
      keep(this.store.overlays, path, fields);
      this.store.save();
    }
  }

  private complete(path: string, document: JsonObject): JsonObject {
    return this.rules.finish(path, completed(this.store.overlays, path, document));
  }
}

export const noContent: Answer = { status: 204, headers: {}, body: Buffer.alloc(0) };

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
