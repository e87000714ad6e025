import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Whether nginx and openssl are on this machine, as Debian has them. */
export const missingPrograms = ["nginx", "openssl"].filter(
  (name) => spawnSync(name, [name === "nginx" ? "-v" : "version"], { stdio: "ignore" }).status !== 0,
);

/** What came to a server that stands for pods. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** A plain HTTP server on loopback that answers 200 with what it received. */
export async function listening(answer: RequestListener): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port came back");
  return { port: address.port, server };
}

export const echo: RequestListener = (request, response) => {
  const received: Received = {
    method: request.method ?? "",
    url: request.url ?? "",
    headers: request.headers,
  };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(received));
};

/** A port of loopback that nobody has. */
export async function freePort(): Promise<number> {
  const { port, server } = await listening(() => undefined);
  server.close();
  await once(server, "close");
  return port;
}

/** nginx with a configuration, in the foreground, in a folder of its own. */
export class Nginx {
  readonly folder = mkdtempSync(join(tmpdir(), "packets-"));
  private process: ChildProcess | undefined;

  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Starts, and waits until it answers on a port. */
  async start(configuration: string, port: number): Promise<void> {
    const file = this.file("nginx.conf", configuration);
    const log = join(this.folder, "error.log");
    const args = ["-p", this.folder, "-c", file, "-e", log, "-g", "daemon off;"];
    this.process = spawn("nginx", args, { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await answers(port)) return;
      if (this.process.exitCode !== null) throw new Error(readFileSync(log, "utf8"));
      await setTimeout(100);
    }
    throw new Error(`nginx does not answer on ${port}`);
  }

  async stop(): Promise<void> {
    if (this.process !== undefined && this.process.exitCode === null) {
      this.process.kill("SIGTERM");
      await once(this.process, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Authorities and what they sign, by openssl, in a folder. */
export class Authority {
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      this.path("key"),
      "-out",
      this.path("pem"),
      "-subj",
      `/CN=${name}`,
    );
  }

  /** The authority's own certificate, as PEM. */
  get certificate(): string {
    return readFileSync(this.path("pem"), "utf8");
  }

  /** A certificate and its key, as PEM. */
  sign(subject: string): { readonly cert: string; readonly key: string } {
    const path = (end: string) => join(this.folder, `${this.name}-${subject}.${end}`);
    this.openssl("req", ...newKey, "-keyout", path("key"), "-out", path("csr"), "-subj", `/CN=${subject}`);
    this.openssl(
      ...["x509", "-req", "-in", path("csr"), "-CA", this.path("pem"), "-CAkey", this.path("key")],
      ...["-CAcreateserial", "-days", "1", "-out", path("pem")],
    );
    return { cert: readFileSync(path("pem"), "utf8"), key: readFileSync(path("key"), "utf8") };
  }

  private path(end: string): string {
    return join(this.folder, `${this.name}.${end}`);
  }

  private openssl(...args: readonly string[]): void {
    const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }
}

const newKey = ["-newkey", "rsa:2048", "-nodes"];
