import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../loopback-server";
import { type Answer, type Call, type Extension, jsonError, type Scope, scopeOf, withoutHeaders } from "./exchange";
import { MotoClient } from "./moto-client";
import { type FailedRequest, isMotoDefect, motoDefect } from "./moto-defect";

/** The server that everything which speaks to AWS in the sandbox speaks to. */
export interface Front {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the front on 127.0.0.1 at a free port. A request for a service that has an extension is read whole and shown to
 * it; everything else streams to moto and back unchanged. An operation that moto lacks becomes an error that says so.
 */
export async function startFront(motoPort: number, extensions: readonly Extension[]): Promise<Front> {
  const byService = new Map(extensions.map((extension) => [extension.service, extension]));
  const moto = new MotoClient(motoPort);
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => fail(outgoing, incoming, error));
  });
  // Long uploads to S3 and clients that keep connections for the whole of an apply.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 120_000;

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = incoming;
    const [path, query] = splitUrl(url);
    const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const signed = scopeOf(headers, query);
    if (!isForm && (signed === undefined || !byService.has(signed.service))) {
      passThrough(incoming, outgoing, { method, url, headers, scope: signed }, motoPort);
      return;
    }
    const body = await buffer(incoming);
    const action = isForm ? (new URLSearchParams(body.toString("utf8")).get("Action") ?? undefined) : undefined;
    const scope = signed ?? unsignedScope(action);
    const call: Call = { method, path, query, headers, body, scope };
    const answer = (await byService.get(scope.service)?.answer(call)) ?? (await moto.send({ ...call, url }));
    send(outgoing, isMotoDefect(answer) ? motoDefect({ method, url, headers, scope, action }, answer.status) : answer);
  }

  const { port, close } = await listenOnLoopback(server);
  return { port, stop: close };
}

function passThrough(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  failed: FailedRequest,
  motoPort: number,
): void {
  // Node has answered "100 Continue" to the client already; moto must not be asked again.
  const headers = withoutHeaders(incoming.headers, "expect");
  const onward = request(
    { host: "127.0.0.1", port: motoPort, method: incoming.method, path: incoming.url, headers, agent: false },
    (response) => {
      const { statusCode: status = 502 } = response;
      const headers = withoutHeaders(response.headers, "connection");
      if (status >= 400) {
        // Errors are short; S3 answers a failed HEAD with headers alone.
        buffer(response).then(
          (body) => {
            const answer = { status, headers: withoutHeaders(headers, "transfer-encoding"), body };
            send(outgoing, isMotoDefect(answer) ? motoDefect(failed, status) : answer);
          },
          (error: unknown) => fail(outgoing, incoming, error),
        );
        return;
      }
      outgoing.writeHead(status, headers);
      response.pipe(outgoing);
    },
  );
  onward.once("error", (error) => fail(outgoing, incoming, error));
  outgoing.once("close", () => onward.destroy());
  incoming.pipe(onward);
}

function send(outgoing: ServerResponse, answer: Answer): void {
  outgoing.writeHead(answer.status, answer.headers);
  outgoing.end(answer.body);
}

function fail(outgoing: ServerResponse, incoming: IncomingMessage, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  const message = `sandbox: ${incoming.method} ${incoming.url} failed: ${error instanceof Error ? error.stack : error}`;
  send(outgoing, jsonError("SandboxDefect", 400, message));
}

/** The few operations that nobody signs belong to STS; any other unsigned form is for moto to make sense of. */
function unsignedScope(action: string | undefined): Scope {
  const service = action?.startsWith("AssumeRoleWith") ? "sts" : "unsigned";
  return { accessKeyId: "", region: "us-east-1", service };
}

function splitUrl(url: string): readonly [path: string, query: URLSearchParams] {
  const at = url.indexOf("?");
  return at < 0 ? [url, new URLSearchParams()] : [url.slice(0, at), new URLSearchParams(url.slice(at + 1))];
}
