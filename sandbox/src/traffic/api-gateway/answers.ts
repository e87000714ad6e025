import type { LogContext } from "./access-log";
import { decideHttp, type HttpStage, httpIntegrationUrl } from "./http-api";
import { goOn, type OnwardReply } from "./onward";
import { type ApiRequest, type Decision, type DeployedStage, decide, type Onward, onward } from "./rest-api";
import type { Signature } from "./signature";
import type { Tokens } from "./tokens";

/** A request as it came, and who signed it. */
export interface Received {
  readonly method: string;
  /** With the stage. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly signature: Signature;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly context: LogContext;
}

export interface AnswerProps {
  /** Socket through which integrations are asked. */
  readonly onwardSocketPath: string;
  readonly hasApiKey: (key: string) => boolean;
  readonly tokens: Tokens;
  /** URL of a load balancer's listener by its ARN. */
  readonly listener: (arn: string) => string | undefined;
}

/** Milliseconds for an integration that sets none: API Gateway's own limits. */
const restTimeout = 29_000;
const httpTimeout = 30_000;

const signer = ({ signature }: Received) => (signature.kind === "right" ? signature.principalArn : undefined);

export async function answerRest(props: AnswerProps, stage: DeployedStage, received: Received): Promise<Answered> {
  const { method, signature, headers, query, body } = received;
  const request: ApiRequest = {
    method,
    path: withoutStage(received.path, stage.name),
    sourceIp: received.sourceIp,
    apiKey: headers["x-api-key"],
    principalArn: signer(received),
  };
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
  const sent = { method, query, headers: forIntegration(headers) };
  const asked = onward(integration, sent, parameters, stage.variables);
  return integrate(props, asked, body, integration.timeoutInMillis ?? restTimeout, { resourcePath });
}

export async function answerHttp(props: AnswerProps, stage: HttpStage, received: Received): Promise<Answered> {
  const { method, headers, query, body } = received;
  const path = stage.name === "$default" ? received.path : withoutStage(received.path, stage.name);
  const decision = await decideHttp(stage, {
    method,
    path,
    principalArn: signer(received),
    claims: (authorizer) => props.tokens.claims(authorizer, headers, new URLSearchParams(query)),
  });
  if (decision.kind === "refuse") {
    return refusal(decision.status, decision.message, { routeKey: decision.routeKey });
  }
  const { integration, parameters, routeKey } = decision;
  const url = httpIntegrationUrl(integration, { path, rawPath: received.path, query }, parameters, props.listener);
  const { IntegrationMethod = "ANY", TimeoutInMillis = httpTimeout } = integration;
  const asked = {
    method: IntegrationMethod === "ANY" ? method : IntegrationMethod,
    url,
    headers: forIntegration(headers),
  };
  return integrate(props, asked, body, TimeoutInMillis, { routeKey });
}

async function integrate(
  props: AnswerProps,
  asked: Onward,
  body: Buffer,
  timeout: number,
  context: LogContext,
): Promise<Answered> {
  const began = Date.now();
  const reply = await goOn(props.onwardSocketPath, asked, body, timeout).catch((error: unknown): OnwardReply | Error =>
    error instanceof Error ? error : new Error(String(error)),
  );
  if (reply instanceof Error) {
    const isLate = /no answer in/.test(reply.message);
    return refusal(isLate ? 504 : 500, isLate ? "Endpoint request timed out" : "Internal server error", {
      ...context,
      "integration.error": reply.message,
    });
  }
  const { status, headers } = reply;
  const seen = { "integration.status": status, "integration.latency": Date.now() - began };
  return { status, headers, body: reply.body, context: { ...context, ...seen } };
}

/** The signature is for API Gateway and stays there. */
function forIntegration(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = ["authorization", "host", "x-amz-security-token"];
  const isSigned = headers["authorization"]?.startsWith("AWS4-") ?? false;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== "host" && (!isSigned || !own.includes(name))),
  );
}

function withoutStage(path: string, stage: string): string {
  return path.slice(`/${stage}`.length) || "/";
}

function refusal(status: number, message: string, context: LogContext): Answered {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message })),
    context: { ...context, "error.message": message },
  };
}
