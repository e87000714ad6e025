import type { IncomingHttpHeaders } from "node:http";
import { type Answer, jsonError, type Scope } from "./exchange";
import { ec2Error, queryError } from "./query-protocol";

/** What is known of a request that moto could not answer. */
export interface FailedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly scope: Scope | undefined;
  /** The `Action` of the query protocol. */
  readonly action?: string | undefined;
}

/**
 * Whether an answer is moto's own error page, which it gives when it lacks an operation or fails in one. AWS's errors are
 * JSON or XML, even where moto labels them as HTML.
 */
export function isMotoDefect({ status, body }: Answer): boolean {
  return status >= 400 && body.subarray(0, 15).toString("latin1").toLowerCase() === "<!doctype html>";
}

/**
 * The error that takes the place of moto's error page. Its status is 400: clients of AWS repeat a request that got a 5xx
 * for minutes, and cannot read the page of a 404.
 */
export function motoDefect(request: FailedRequest, status: number): Answer {
  const { service = "AWS" } = request.scope ?? {};
  const target =
    String(request.headers["x-amz-target"] ?? "")
      .split(".")
      .at(-1) || undefined;
  const operation = request.action ?? target ?? `${request.method} ${request.url}`;
  const message =
    `The sandbox cannot do ${service} ${operation}: moto answered ${status} with an error page, so it lacks the ` +
    "operation or failed in it (see moto.log in the sandbox's folder). Nothing was changed. Leave the resource out of " +
    "what is applied here, or add the operation to the sandbox.";
  const code = "SandboxDefect";
  if (service === "ec2") {
    return ec2Error(code, message);
  }
  if (request.action !== undefined || ["s3", "route53"].includes(service)) {
    return queryError(code, message);
  }
  return jsonError(code, 400, message);
}
