import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Blob, BlobStore } from "./image";

/** A registry that answers for every registry's images. */
export interface Registry {
  /** From now on this reference, such as `docker.io/library/nginx:1.28`, can be pulled. */
  add(reference: string, manifest: Blob): void;
  has(reference: string): boolean;
  readonly references: readonly string[];
  close(): Promise<void>;
}

const manifestPath = /^\/v2\/(.+)\/manifests\/([^/]+)$/;
const blobPath = /^\/v2\/.+\/blobs\/(sha256:[0-9a-f]{64})$/;

/**
 * Serves images to the nodes' container runtimes by the distribution specification, read-only, on a Unix socket: sockets
 * of that kind lead from one network namespace to another.
 */
export async function startRegistry(socketPath: string, store: BlobStore): Promise<Registry> {
  const manifests = new Map<string, Blob>();
  const server = createServer((request, response) => answer(request, response, store, manifests));
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    add: (reference, manifest) => manifests.set(fullReference(reference), manifest),
    has: (reference) => manifests.has(fullReference(reference)),
    get references() {
      return [...manifests.keys()];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  store: BlobStore,
  manifests: Map<string, Blob>,
): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://registry");
  const [, name, tag] = manifestPath.exec(pathname) ?? [];
  const [, digest] = blobPath.exec(pathname) ?? [];
  if (pathname === "/v2/") {
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
    return;
  }
  const found = tag === undefined ? undefined : manifestOf(`${searchParams.get("ns")}/${name}`, tag, manifests);
  const wanted = found?.digest ?? digest;
  if (wanted === undefined || store.pathOf(wanted) === undefined) {
    const code = digest === undefined ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN";
    response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify({ errors: [{ code }] }));
    return;
  }
  response.writeHead(200, {
    "content-type": found?.mediaType ?? "application/octet-stream",
    "docker-content-digest": wanted,
    ...(found === undefined ? {} : { "content-length": found.size }),
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  store.read(wanted).pipe(response);
}

function manifestOf(repository: string, tag: string, manifests: Map<string, Blob>): Blob | undefined {
  return tag.startsWith("sha256:")
    ? [...manifests.values()].find(({ digest }) => digest === tag)
    : manifests.get(`${repository}:${tag}`);
}

/** A name without a registry means one of Docker Hub's, and one without a folder one of its library. */
export function fullReference(reference: string): string {
  const [first = "", ...rest] = reference.split("/");
  if (rest.length === 0) {
    return `docker.io/library/${reference}`;
  }
  return /[.:]|^localhost$/.test(first) ? reference : `docker.io/${reference}`;
}
