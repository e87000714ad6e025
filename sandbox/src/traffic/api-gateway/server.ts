import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { type AccessLogs, accessLogLine, type LogContext } from "./access-log";
import { type Answered, type AnswerProps, answerHttp, answerRest, type Received } from "./answers";
import type { HttpStage } from "./http-api";
import type { HttpStages } from "./http-stages";
import type { DeployedStage } from "./rest-api";
import { type AccessKey, checkSignature } from "./signature";
import type { Stages } from "./stages";

export interface GatewayProps extends AnswerProps {
  /** Socket that HAProxy hands requests to, after TLS. */
  readonly socketPath: string;
  readonly stages: Stages;
  readonly httpStages: HttpStages;
  readonly accessKey: (id: string) => AccessKey | undefined;
  readonly logs: AccessLogs;
  readonly onError: (error: unknown) => void;
}

export interface Gateway {
  close(): Promise<void>;
}

/** API Gateway's own addresses: it answers for every API by what the API's stages were deployed with. */
export async function startGateway(props: GatewayProps): Promise<Gateway> {
  const server = createServer((incoming, outgoing) => {
    serve(props, incoming, outgoing).catch((error: unknown) => {
      props.onError(error);
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
  const stage = stageOf(props, apiId, path);
  if (stage === undefined) {
    const isHttp = props.httpStages.apiIds.includes(apiId);
    refuse(outgoing, isHttp ? 404 : 403, isHttp ? "Not Found" : "Forbidden");
    return;
  }
  const body = await buffer(incoming);
  // An HTTP API takes tokens in the same header.
  const isToken = stage.kind === "http" && headers["authorization"]?.startsWith("AWS4-") !== true;
  const signature = isToken
    ? ({ kind: "none" } as const)
    : await checkSignature(
        { method, host, path, query: new URLSearchParams(query), headers, body },
        props.accessKey,
        new Date(),
      );
  const received: Received = { method, path, query, headers, body, sourceIp: sourceOf(headers), signature };
  const answered = await (stage.kind === "rest"
    ? answerRest(props, stage.deployed, received)
    : answerHttp(props, stage.deployed, received));
  outgoing.writeHead(answered.status, { ...answered.headers, "x-amzn-requestid": randomUUID() }).end(answered.body);
  const { accessLog } = stage.deployed;
  if (accessLog !== undefined) {
    const context = logContext(stage.deployed, received, answered, { start, protocol: `HTTP/${incoming.httpVersion}` });
    props.logs.write(accessLog.destinationArn, accessLogLine(accessLog.format, context));
  }
}

type AnyStage =
  | { readonly kind: "rest"; readonly deployed: DeployedStage }
  | { readonly kind: "http"; readonly deployed: HttpStage };

function stageOf({ stages, httpStages }: GatewayProps, apiId: string, path: string): AnyStage | undefined {
  const rest = stages.find(apiId, path.split("/")[1] ?? "");
  if (rest !== undefined) {
    return { kind: "rest", deployed: rest };
  }
  const http = httpStages.find(apiId, path);
  return http === undefined ? undefined : { kind: "http", deployed: http };
}

function logContext(
  { apiId, name }: { readonly apiId: string; readonly name: string },
  { method, path, sourceIp, headers, signature }: Received,
  { status, body, context }: Answered,
  { start, protocol }: { readonly start: number; readonly protocol: string },
): LogContext {
  return {
    apiId,
    stage: name,
    requestId: randomUUID(),
    requestTime: new Date(start).toISOString(),
    requestTimeEpoch: start,
    httpMethod: method,
    path,
    protocol,
    status,
    responseLength: body.length,
    responseLatency: Date.now() - start,
    "identity.sourceIp": sourceIp,
    "identity.userAgent": headers["user-agent"],
    "identity.userArn": signature.kind === "right" ? signature.principalArn : undefined,
    ...context,
  };
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  if (!outgoing.headersSent) {
    outgoing.writeHead(status, { "content-type": "application/json" });
  }
  outgoing.end(JSON.stringify({ message }));
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
