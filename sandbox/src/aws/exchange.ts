import type { IncomingHttpHeaders } from "node:http";
import type { RequestModel } from "./model/request-model";

/** Who signed a request and for what, as its credential scope says. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  /** The signing name of the service, such as `eks` or `elasticloadbalancing`. */
  readonly service: string;
}

/** A request with its body read whole. */
export interface Call {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly scope: Scope;
  /** What it calls; undefined where no model has such an operation. */
  readonly model?: RequestModel | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Looks at a call before any service does: gives the refusal, or undefined to let it pass. */
export type Check = (call: Call) => Promise<Answer | undefined>;

/** What the front adds to one service. */
export interface Extension {
  /** The signing name of the service whose requests are shown to `answer`. */
  readonly service: string;
  /** Answers the call, or resolves to undefined to have moto answer it unchanged. */
  answer(call: Call): Promise<Answer | undefined>;
}

/** An answer with a JSON document. */
export function jsonAnswer(document: object, status = 200): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(document)),
  };
}

/** An error in the shape of the services that speak JSON. */
export function jsonError(code: string, status: number, message: string): Answer {
  const answer = jsonAnswer({ __type: code, message }, status);
  return { ...answer, headers: { ...answer.headers, "x-amzn-errortype": code } };
}

/** The same answer with another JSON document in it. */
export function withDocument(answer: Answer, document: object): Answer {
  return withBody(answer, JSON.stringify(document));
}

/** The same answer with another body. */
export function withBody(answer: Answer, body: string): Answer {
  return { ...answer, headers: withoutHeaders(answer.headers, "content-length"), body: Buffer.from(body) };
}

/** Headers less those of these names, written in lower case. */
export function withoutHeaders(headers: IncomingHttpHeaders, ...names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/**
 * Reads the credential scope out of the Authorization header, or out of the query of a presigned URL.
 *
 * @returns undefined when the request is signed in neither way
 */
export function scopeOf(headers: IncomingHttpHeaders, query: URLSearchParams): Scope | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? query.get("X-Amz-Credential") ?? "";
  const [accessKeyId, , region, service] = credential.split("/");
  return accessKeyId === undefined || region === undefined || service === undefined
    ? undefined
    : { accessKeyId, region, service };
}
