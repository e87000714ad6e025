import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { z } from "zod";
import { type Connection, readKubeconfig } from "./kubeconfig";
import { type KubernetesObject, type Manifest, objectSchema } from "./kubernetes-object";

const listSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string().optional() }),
  items: z.array(objectSchema),
});

const statusSchema = z.looseObject({ message: z.string().optional(), reason: z.string().optional() });

const resourceListSchema = z.looseObject({
  resources: z.array(z.looseObject({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

export interface ObjectList {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

export type PatchType = "application/merge-patch+json" | "application/json-patch+json" | "application/apply-patch+yaml";

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: "application/json" | PatchType;
  readonly signal?: AbortSignal;
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

/**
 * The few calls on an API server that the sandbox needs, over Node's own https: what they send and get is plain JSON.
 *
 * Every method throws {@link KubernetesApiError} when the server refuses, unless it says otherwise.
 */
export class KubernetesApi {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<z.infer<typeof resourceListSchema> | undefined>>();

  constructor(readonly connection: Connection) {
    const { credentials } = connection;
    this.agent = new Agent({
      ca: connection.caCertificate,
      keepAlive: true,
      ...(credentials.kind === "clientCertificate" ? { cert: credentials.certificate, key: credentials.key } : {}),
    });
  }

  static fromKubeconfig(path: string): KubernetesApi {
    return new KubernetesApi(readKubeconfig(path));
  }

  /** Closes idle connections. Requests under way end by their own signal. */
  close(): void {
    this.agent.destroy();
  }

  /** The object, or undefined when it (or its resource) does not exist. */
  async get(path: string): Promise<KubernetesObject | undefined> {
    const body = await unlessNotFound(this.send("GET", path));
    return body === undefined ? undefined : objectSchema.parse(body);
  }

  /** The collection, or undefined when the resource does not exist (its CRD is not installed). */
  async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<ObjectList | undefined> {
    const body = await unlessNotFound(this.send("GET", path, { query }));
    if (body === undefined) {
      return undefined;
    }
    const { items, metadata } = listSchema.parse(body);
    return { items, resourceVersion: metadata.resourceVersion ?? "" };
  }

  async create(manifest: Manifest, query: Readonly<Record<string, string>> = {}): Promise<KubernetesObject> {
    return objectSchema.parse(await this.send("POST", await this.collectionPath(manifest), { body: manifest, query }));
  }

  /** Creates or changes by server-side apply, taking every field that another manager holds. */
  async apply(manifest: Manifest, query: Readonly<Record<string, string>> = {}): Promise<KubernetesObject> {
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

  /**
   * The path of the collection that an object belongs to, found through discovery.
   *
   * @throws Error when the server has no such kind.
   */
  async collectionPath(object: Pick<Manifest, "apiVersion" | "kind" | "metadata">): Promise<string> {
    const base = object.apiVersion.includes("/") ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    const find = async () =>
      (await this.discover(base))?.resources.find(({ kind, name }) => kind === object.kind && !name.includes("/"));
    let resource = await find();
    if (resource === undefined) {
      // A CRD may have been installed since the answer was kept.
      this.resources.delete(base);
      resource = await find();
    }
    if (resource === undefined) {
      throw new KubernetesApiError("GET", base, 404, "NotFound", `no kind ${object.kind} in ${object.apiVersion}`);
    }
    return resource.namespaced
      ? `${base}/namespaces/${object.metadata.namespace ?? "default"}/${resource.name}`
      : `${base}/${resource.name}`;
  }

  private discover(base: string): Promise<z.infer<typeof resourceListSchema> | undefined> {
    const known = this.resources.get(base);
    if (known !== undefined) {
      return known;
    }
    const answer = unlessNotFound(this.send("GET", base)).then((body) =>
      body === undefined ? undefined : resourceListSchema.parse(body),
    );
    this.resources.set(base, answer);
    answer.catch(() => this.resources.delete(base));
    return answer;
  }

  /** One request; the parsed JSON of a 2xx answer, or the text when the answer is not JSON (`/readyz`). */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<unknown> {
    const { status, text } = await this.exchange(method, path, options);
    const body = parseJson(text);
    if (status >= 200 && status < 300) {
      return body;
    }
    const answer = statusSchema.safeParse(body);
    throw new KubernetesApiError(
      method,
      path,
      status,
      answer.data?.reason ?? "Unknown",
      answer.data?.message ?? text.trim(),
    );
  }

  private exchange(method: string, path: string, options: RequestOptions): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = this.open(method, path, options);
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      outgoing.end(options.body === undefined ? undefined : JSON.stringify(options.body));
    });
  }

  /**
   * The lines of a streaming answer (a watch), each parsed, until the server ends it or the signal aborts it.
   *
   * @throws KubernetesApiError when the server refuses, and the connection's error when it breaks.
   */
  async *stream(path: string, options: RequestOptions): AsyncGenerator<unknown, void, void> {
    const outgoing = this.open("GET", path, options);
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on("error", reject);
      outgoing.on("response", resolve);
      outgoing.end();
    });
    try {
      incoming.setEncoding("utf8");
      let rest = "";
      for await (const chunk of incoming) {
        rest += String(chunk);
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        if (incoming.statusCode !== 200) {
          throw new KubernetesApiError("GET", path, incoming.statusCode ?? 0, "WatchRefused", lines.join("\n") + rest);
        }
        for (const line of lines) {
          yield parseJson(line);
        }
      }
    } finally {
      outgoing.destroy();
    }
  }

  private open(method: string, path: string, options: RequestOptions) {
    const url = new URL(path, this.connection.server);
    for (const [name, value] of Object.entries(options.query ?? {})) {
      url.searchParams.set(name, value);
    }
    const { credentials } = this.connection;
    return request(url, {
      agent: this.agent,
      method,
      signal: options.signal,
      headers: {
        accept: "application/json",
        ...(options.body === undefined ? {} : { "content-type": options.contentType ?? "application/json" }),
        ...(credentials.kind === "bearerToken" ? { authorization: `Bearer ${credentials.token}` } : {}),
      },
    });
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
