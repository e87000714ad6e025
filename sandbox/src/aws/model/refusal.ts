import type { Answer } from "../exchange";
import { errorOf } from "../protocol-errors";
import type { RequestModel, Violation } from "./request-model";

/**
 * The service's own answer to a request that breaks its model.
 *
 * @returns undefined when the request keeps to it
 */
export function modelRefusal(request: RequestModel): Answer | undefined {
  const [first] = request.violations;
  if (first === undefined) {
    return undefined;
  }
  if (request.protocol === "ec2") {
    return errorOf(request, ...ec2Words(first));
  }
  return errorOf(request, request.code, sentence(request.violations));
}

/** As the services that AWS generates from their models say it. */
function sentence(violations: readonly Violation[]): string {
  const each = violations.map(
    ({ path, value, constraint }) =>
      `Value ${value === null ? "null" : `'${printed(value)}'`} at '${lowerCased(path)}' failed to satisfy constraint: ${constraint}`,
  );
  const count = violations.length;
  return `${count} validation ${count === 1 ? "error" : "errors"} detected: ${each.join("; ")}`;
}

/** @see https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html */
function ec2Words({ path, kind, value, constraint }: Violation): readonly [code: string, message: string] {
  return kind === "required"
    ? ["MissingParameter", `The request must contain the parameter ${path}`]
    : ["InvalidParameterValue", `Value (${printed(value)}) for parameter ${path} is invalid. ${constraint}`];
}

function printed(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function lowerCased(path: string): string {
  return path.replaceAll(/(^|\.)([A-Z])/g, (_, dot: string, letter: string) => dot + letter.toLowerCase());
}
