import { Agent, type RequestOptions as HttpsOptions } from "node:https";
import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  KubernetesObjectApi,
  RequestContext,
} from "@kubernetes/client-node";
import { z } from "zod";
import { type KubernetesObject, type Manifest, objectSchema } from "./kubernetes-object";

const listSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string().optional() }),
  items: z.array(objectSchema),
});

const statusSchema = z.looseObject({ message: z.string().optional(), reason: z.string().optional() });

export interface ObjectList {
  readonly items: readonly KubernetesObject[];
  readonly metadata: { readonly resourceVersion?: string | undefined };
}

export type PatchType =
  | "application/merge-patch+json"
  | "application/strategic-merge-patch+json"
  | "application/json-patch+json"
  | "application/apply-patch+yaml";

type Query = Readonly<Record<string, string>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: "application/json" | PatchType;
}

/** The API server said no: its HTTP status, its machine-readable reason and its own sentence. */
export class KubernetesApiError extends Error {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly reason: string,
    readonly answer: string,
  ) {
    super(`${method} ${path}: ${status} ${reason}: ${answer}`);
  }
}

/** What the client library finds out about kinds, which it keeps to itself. */
class Discovery extends KubernetesObjectApi {
  /** @throws Error when the server has no such kind */
  collectionPath({ apiVersion, kind, metadata: { namespace } }: Manifest): Promise<string> {
    // The library writes the default namespace into what it is given.
    return this.specUriPath({ apiVersion, kind, metadata: namespace === undefined ? {} : { namespace } }, "create");
  }
}

/**
 * Calls on an API server by path, in plain JSON. Connection, credentials and discovery are the client library's; its
 * calls on objects are not used, because they leave out every field that its own models lack and know no
 * `fieldValidation`, so that a dry run would accept a misspelt field.
 *
 * Every method throws {@link KubernetesApiError} when the server refuses, unless it says otherwise.
 */
export class KubernetesApi {
  private readonly discovery: Discovery;
  private readonly http = new IsomorphicFetchHttpLibrary();
  private access: Promise<{ readonly agent: Agent; readonly headers: HttpsOptions["headers"] }> | undefined;

  constructor(readonly config: KubeConfig) {
    this.discovery = config.makeApiClient(Discovery);
  }

  static fromKubeconfig(path: string): KubernetesApi {
    const config = new KubeConfig();
    config.loadFromFile(path);
    return new KubernetesApi(config);
  }

  /** Closes connections that are kept open. */
  close(): void {
    this.access?.then(
      ({ agent }) => agent.destroy(),
      () => undefined,
    );
  }

  /** The object, or undefined when it (or its resource) does not exist. */
  async get(path: string): Promise<KubernetesObject | undefined> {
    const body = await unlessNotFound(this.send("GET", path));
    return body === undefined ? undefined : objectSchema.parse(body);
  }

  /** The collection, or undefined when the resource does not exist (its CRD is not installed). */
  async list(path: string, query: Query = {}): Promise<ObjectList | undefined> {
    const body = await unlessNotFound(this.send("GET", path, { query }));
    return body === undefined ? undefined : listSchema.parse(body);
  }

  async create(manifest: Manifest, query: Query = {}): Promise<KubernetesObject> {
    return objectSchema.parse(await this.send("POST", await this.collectionPath(manifest), { body: manifest, query }));
  }

  /** Creates or changes by server-side apply, taking every field that another manager holds. */
  async apply(manifest: Manifest, query: Query = {}): Promise<KubernetesObject> {
    const path = `${await this.collectionPath(manifest)}/${manifest.metadata.name}`;
    return objectSchema.parse(
      await this.send("PATCH", path, {
        body: manifest,
        query: { fieldManager: "sandbox", force: "true", ...query },
        contentType: "application/apply-patch+yaml",
      }),
    );
  }

  async mergePatch(path: string, patch: unknown): Promise<KubernetesObject> {
    const options: RequestOptions = { body: patch, contentType: "application/merge-patch+json" };
    return objectSchema.parse(await this.send("PATCH", path, options));
  }

  /** Whether there was anything to delete. */
  async delete(path: string): Promise<boolean> {
    return (await unlessNotFound(this.send("DELETE", path))) !== undefined;
  }

  /** One request; the parsed JSON of a 2xx answer, or the text when the answer is not JSON (`/readyz`). */
  async send(method: `${HttpMethod}`, path: string, options: RequestOptions = {}): Promise<unknown> {
    const { agent, headers } = await this.accessOnce();
    const server = this.config.getCurrentCluster()?.server;
    const request = new RequestContext(String(new URL(path, server)), HttpMethod[method]);
    request.setAgent(agent);
    for (const [name, value] of Object.entries({ ...headers, accept: "application/json" })) {
      request.setHeaderParam(name, String(value));
    }
    for (const [name, value] of Object.entries(options.query ?? {})) {
      request.setQueryParam(name, value);
    }
    if (options.body !== undefined) {
      request.setHeaderParam("content-type", options.contentType ?? "application/json");
      request.setBody(JSON.stringify(options.body));
    }
    const { httpStatusCode: status, body } = await this.http.send(request).toPromise();
    const text = await body.text();
    const answer = parseJson(text);
    if (status >= 200 && status < 300) {
      return answer;
    }
    const { data } = statusSchema.safeParse(answer);
    throw new KubernetesApiError(method, path, status, data?.reason ?? "Unknown", data?.message ?? text.trim());
  }

  private async collectionPath(manifest: Manifest): Promise<string> {
    return this.discovery.collectionPath(manifest).catch((error: unknown) => {
      if (error instanceof Error && /Unrecognized API version|HTTP-Code: 404/.test(error.message)) {
        const { apiVersion, kind } = manifest;
        throw new KubernetesApiError("GET", apiVersion, 404, "NotFound", `no kind ${kind} in ${apiVersion}`);
      }
      throw error;
    });
  }

  /** The library makes an agent for every request; this one keeps its connections. */
  private accessOnce(): NonNullable<typeof this.access> {
    this.access ??= (async () => {
      const options: HttpsOptions = {};
      await this.config.applyToHTTPSOptions(options);
      const { ca, cert, key, headers } = options;
      return { agent: new Agent({ ca, cert, key, keepAlive: true }), headers };
    })();
    return this.access;
  }
}

async function unlessNotFound(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KubernetesApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
