import { type Answer, jsonError } from "./exchange";
import type { RequestModel } from "./model/request-model";
import { ec2Error, queryError, s3Error } from "./query-protocol";

/** An error in the form in which a service's clients read it. */
export function errorOf(
  { service, protocol }: Pick<RequestModel, "service" | "protocol">,
  code: string,
  message: string,
  status = 400,
): Answer {
  switch (protocol) {
    case "ec2":
      return ec2Error(code, message, status);
    case "query":
      return queryError(code, message, status);
    case "rest-xml":
      return service === "s3" ? s3Error(code, message, status) : queryError(code, message, status);
    case "json":
    case "rest-json":
      return jsonError(code, status, message);
  }
}
