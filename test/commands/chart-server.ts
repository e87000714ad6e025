import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { create } from "tar";
import { stringify } from "yaml";

/** Packages a chart as Helm does: its files below a folder of its name. */
export async function packaged(chart: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, chart, name)), { recursive: true });
    writeFileSync(join(folder, chart, name), text);
  }
  await create({ gzip: true, file: join(folder, "chart.tgz"), cwd: folder }, [chart]);
  return readFileSync(join(folder, "chart.tgz"));
}

export function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** A server on this machine that hands out charts: as a chart repository, as an OCI registry, and plain files. */
export class ChartServer {
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  private readonly answers = new Map<string, (request: IncomingMessage) => Answer>();
  private readonly server = createServer((request, response) => {
    const path = request.url ?? "";
    this.asked.push(path);
    const { status = 200, headers = {}, body = "" } = this.answers.get(path)?.(request) ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  at(path: string, answer: Answer | ((request: IncomingMessage) => Answer)): void {
    this.answers.set(path, typeof answer === "function" ? answer : () => answer);
  }

  /** A chart repository below a path. The index names packages by addresses relative to itself. */
  repository(path: string, charts: Readonly<Record<string, Readonly<Record<string, Buffer>>>>): string {
    const entries = Object.entries(charts).map(([chart, versions]) => [
      chart,
      Object.entries(versions).map(([version, content]) => {
        const url = `packages/${chart}-${version}.tgz`;
        this.at(`${path}/${url}`, { body: content });
        return { version, urls: [url], digest: sha256(content) };
      }),
    ]);
    this.at(`${path}/index.yaml`, { body: stringify({ apiVersion: "v1", entries: Object.fromEntries(entries) }) });
    return `http://${this.host}${path}`;
  }

  /** A chart in an OCI registry that hands out a token to nobody in particular and answers only to that. */
  registered(repository: string, chart: string, tag: string, content: Buffer): string {
    const challenge = `Bearer realm="http://${this.host}/token",service="charts",scope="repository:${repository}/${chart}:pull"`;
    const guarded = (answer: Answer) => (request: IncomingMessage) =>
      request.headers.authorization === "Bearer let-in"
        ? answer
        : { status: 401, headers: { "www-authenticate": challenge } };
    const scope = encodeURIComponent(`repository:${repository}/${chart}:pull`);
    this.at(`/token?service=charts&scope=${scope}`, { body: JSON.stringify({ token: "let-in" }) });
    const digest = `sha256:${sha256(content)}`;
    const layers = [{ mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest, size: content.length }];
    const manifest = { body: JSON.stringify({ schemaVersion: 2, layers }) };
    this.at(`/v2/${repository}/${chart}/manifests/${tag}`, guarded(manifest));
    this.at(`/v2/${repository}/${chart}/blobs/${digest}`, guarded({ body: content }));
    return `oci://${this.host}/${repository}`;
  }
}
