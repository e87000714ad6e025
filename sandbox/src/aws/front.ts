import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../loopback-server";
import { type Answer, type Call, type Check, type Extension, jsonError, type Scope, scopeOf } from "./exchange";
import type { RequestModel } from "./model/request-model";
import type { MotoClient } from "./moto-client";
import { isMotoDefect, motoDefect } from "./moto-defect";

/** The server that everything which speaks to AWS in the sandbox speaks to. */
export interface Front {
  readonly port: number;
  stop(): Promise<void>;
}

export interface FrontProps {
  readonly moto: MotoClient;
  readonly extensions: readonly Extension[];
  /** What a call is, by the model of its service. Default: no call is known. */
  readonly modelOf?: (call: Call) => Promise<RequestModel | undefined>;
  /** Asked in their order, before the extension of the service and moto. Default: none. */
  readonly checks?: readonly Check[];
  /** Told of every call and of how it was answered. Default: nobody. */
  readonly onAnswer?: (call: Call, answer: Answer) => void;
}

/**
 * Starts the front on 127.0.0.1 at a free port. A request is held to its service's model and to every check, then shown
 * to the extension of its service; moto answers what is left. An operation that moto lacks becomes an error that says so.
 */
export async function startFront(props: FrontProps): Promise<Front> {
  const { moto, extensions, modelOf, checks = [], onAnswer } = props;
  const byService = new Map(extensions.map((extension) => [extension.service, extension]));
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => fail(outgoing, incoming, error));
  });
  // Long uploads to S3 and clients that keep connections for the whole of an apply.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 120_000;

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = incoming;
    const [path, query] = splitUrl(url);
    const body = await buffer(incoming);
    const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const action = isForm ? (new URLSearchParams(body.toString("utf8")).get("Action") ?? undefined) : undefined;
    const scope = scopeOf(headers, query) ?? unsignedScope(action);
    const received: Call = { method, path, query, headers, body, scope };
    const call: Call = { ...received, model: await modelOf?.(received) };
    const answer = await answered(call, url);
    onAnswer?.(call, answer);
    send(outgoing, isMotoDefect(answer) ? motoDefect({ method, url, headers, scope, action }, answer.status) : answer);
  }

  async function answered(call: Call, url: string): Promise<Answer> {
    for (const check of checks) {
      const refusal = await check(call);
      if (refusal !== undefined) {
        return refusal;
      }
    }
    return (await byService.get(call.scope.service)?.answer(call)) ?? moto.send({ ...call, url });
  }

  const { port, close } = await listenOnLoopback(server);
  return { port, stop: close };
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
