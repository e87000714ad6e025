import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { type AccessLogs, accessLogLine, type LogContext } from "./access-log";
import { goOn, type OnwardReply } from "./onward";
import { type ApiRequest, type Decision, type DeployedStage, decide, onward } from "./rest-api";
import { type AccessKey, checkSignature, type Signature } from "./signature";
import type { Stages } from "./stages";

export interface GatewayProps {
  /** Socket that HAProxy hands requests to, after TLS. */
  readonly socketPath: string;
  /** Socket through which integrations are asked. */
  readonly onwardSocketPath: string;
  readonly stages: Stages;
  readonly accessKey: (id: string) => AccessKey | undefined;
  readonly hasApiKey: (key: string) => boolean;
  readonly logs: AccessLogs;
}

export interface Gateway {
  close(): Promise<void>;
}

/** Milliseconds for an integration that sets none, API Gateway's own limit. */
const defaultTimeout = 29_000;

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly context: LogContext;
}

/** API Gateway's own addresses: it answers for every API by what the API's stages were deployed with. */
export async function startGateway(props: GatewayProps): Promise<Gateway> {
  const server = createServer((incoming, outgoing) => {
    serve(props, incoming, outgoing).catch((error: unknown) => {
      console.error(error);
      refuse(outgoing, 500, "Internal server error");
    });
  });
  rmSync(props.socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(props.socketPath, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(props: GatewayProps, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const start = Date.now();
  const { method = "GET", url = "/" } = incoming;
  const headers = plainHeaders(incoming);
  const host = headers["host"] ?? "";
  const [path = "/", query = ""] = url.split(/\?(.*)/s);
  const [apiId = ""] = host.split(".");
  const [, stageName = "", rest = ""] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
  const stage = props.stages.find(apiId, stageName);
  if (stage === undefined) {
    refuse(outgoing, 403, "Forbidden");
    return;
  }
  const body = await buffer(incoming);
  const signed = { method, host, path, query: new URLSearchParams(query), headers, body };
  const signature = await checkSignature(signed, props.accessKey, new Date());
  const request: ApiRequest = {
    method,
    path: rest === "" ? "/" : rest,
    sourceIp: sourceOf(headers),
    apiKey: headers["x-api-key"],
    principalArn: signature.kind === "right" ? signature.principalArn : undefined,
  };
  const answered = await answer(props, stage, request, signature, { query, headers, body });
  outgoing.writeHead(answered.status, { ...answered.headers, "x-amzn-requestid": randomUUID() }).end(answered.body);
  log(props, stage, request, answered, { start, headers, protocol: `HTTP/${incoming.httpVersion}` });
}

async function answer(
  props: GatewayProps,
  stage: DeployedStage,
  request: ApiRequest,
  signature: Signature,
  sent: { readonly query: string; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer },
): Promise<Answered> {
  const decision: Decision =
    signature.kind === "wrong"
      ? { kind: "refuse", status: 403, message: signature.message }
      : decide(stage, request, props.hasApiKey);
  if (decision.kind === "refuse") {
    return refusal(decision.status, decision.message, { resourcePath: decision.resourcePath });
  }
  const { integration, parameters, resourcePath } = decision;
  if (integration.type === "MOCK") {
    return { status: 200, headers: {}, body: Buffer.alloc(0), context: { resourcePath } };
  }
  const began = Date.now();
  const asked = onward(integration, { method: request.method, ...forIntegration(sent) }, parameters, stage.variables);
  const reply = await goOn(
    props.onwardSocketPath,
    asked,
    sent.body,
    integration.timeoutInMillis ?? defaultTimeout,
  ).catch((error: unknown): OnwardReply | Error => (error instanceof Error ? error : new Error(String(error))));
  if (reply instanceof Error) {
    const status = /no answer in/.test(reply.message) ? 504 : 500;
    const message = status === 504 ? "Endpoint request timed out" : "Internal server error";
    return refusal(status, message, { resourcePath, "integration.error": reply.message });
  }
  const context = { resourcePath, "integration.status": reply.status, "integration.latency": Date.now() - began };
  return { status: reply.status, headers: reply.headers, body: reply.body, context };
}

/** The signature is for API Gateway and stays there. */
function forIntegration({
  query,
  headers,
}: {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}) {
  const { authorization: _, host: __, "x-amz-security-token": ___, ...rest } = headers;
  return { query, headers: rest };
}

function refusal(status: number, message: string, context: LogContext): Answered {
  const body = Buffer.from(JSON.stringify({ message }));
  return {
    status,
    headers: { "content-type": "application/json" },
    body,
    context: { ...context, "error.message": message },
  };
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  if (!outgoing.headersSent) {
    outgoing.writeHead(status, { "content-type": "application/json" });
  }
  outgoing.end(JSON.stringify({ message }));
}

function log(
  { logs }: GatewayProps,
  { accessLog, name, apiId }: DeployedStage,
  request: ApiRequest,
  { status, body, context }: Answered,
  of: { readonly start: number; readonly headers: Readonly<Record<string, string>>; readonly protocol: string },
): void {
  if (accessLog === undefined) {
    return;
  }
  const all: LogContext = {
    apiId,
    stage: name,
    requestId: randomUUID(),
    requestTime: new Date(of.start).toISOString(),
    requestTimeEpoch: of.start,
    httpMethod: request.method,
    path: `/${name}${request.path}`,
    protocol: of.protocol,
    status,
    responseLength: body.length,
    responseLatency: Date.now() - of.start,
    "identity.sourceIp": request.sourceIp,
    "identity.userAgent": of.headers["user-agent"],
    "identity.userArn": request.principalArn,
    ...context,
  };
  logs.write(accessLog.destinationArn, accessLogLine(accessLog.format, all));
}

function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  );
}

/** HAProxy adds the client's address to what the client itself may have written. */
function sourceOf(headers: Readonly<Record<string, string>>): string {
  return headers["x-forwarded-for"]?.split(",").at(-1)?.trim() ?? "";
}
