import { createReadStream, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { type LoopbackServer, listenOnLoopback } from "../loopback-server";

/** Serves the packaged charts of a folder as a Helm repository on 127.0.0.1; what is put there later is served too. */
export async function startChartRepository(folder: string): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    const file = basename(new URL(request.url ?? "/", "http://127.0.0.1").pathname);
    if (file === "index.yaml") {
      response.writeHead(200, { "content-type": "application/yaml" });
      response.end(index(folder));
      return;
    }
    if (!file.endsWith(".tgz") || !existsSync(join(folder, file))) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": "application/gzip" });
    createReadStream(join(folder, file)).pipe(response);
  });
  return listenOnLoopback(server);
}

/** The repository's index. JSON, which every YAML reader takes. */
function index(folder: string): string {
  const entries: Record<string, object[]> = {};
  for (const file of readdirSync(folder).sort()) {
    // A version begins with a number, with or without a v; no chart's name has such a part.
    const match = /^(.+?)-(v?\d+\..+)\.tgz$/.exec(file);
    if (match?.[1] !== undefined) {
      const versions = entries[match[1]] ?? [];
      versions.push({ apiVersion: "v2", name: match[1], version: match[2], urls: [file] });
      entries[match[1]] = versions;
    }
  }
  return JSON.stringify({ apiVersion: "v1", entries });
}
