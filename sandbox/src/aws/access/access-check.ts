import type { Answer, Check } from "../exchange";
import type { RequestModel } from "../model/request-model";
import type { MotoClient } from "../moto-client";
import { errorOf } from "../protocol-errors";
import { decide, type Wanted } from "./evaluate";
import type { HeldCalls } from "./held-calls";
import type { PolicyStatement } from "./policy";
import type { Principals } from "./principals";
import { wantedBy } from "./wanted";

export interface AccessCheckProps {
  readonly moto: MotoClient;
  readonly principals: Principals;
  /** Told of everything that callers wanted. */
  readonly calls: HeldCalls;
  readonly accountId: string;
  readonly partition: string;
}

/** Operations that IAM lets everybody call. */
const open = new Set(["sts:GetCallerIdentity", "sts:GetSessionToken", "sts:AssumeRoleWithWebIdentity"]);

/**
 * Holds each call to the policies of the role or user whose credentials signed it. Policies of resources, permissions
 * boundaries and policies of an organisation are not looked at.
 */
export function accessCheck({ moto, principals, calls, accountId, partition }: AccessCheckProps): Check {
  return async (call) => {
    const { model: request, scope } = call;
    if (request === undefined || open.has(`${request.service}:${request.operation}`)) {
      return undefined;
    }
    const principal = await principals.of(scope.accessKeyId);
    const { statements = [] } = principal ?? {};
    if (
      principal === undefined ||
      (statements.some(allowsEverything) && statements.every(({ Effect }) => Effect === "Allow"))
    ) {
      return undefined;
    }
    const place = { partition, accountId, region: scope.region };
    for (const wanted of await wantedBy(moto, call, request, place, principal.principalArn)) {
      const decision = decide(statements, wanted);
      calls.add(principal, wanted, decision);
      if (decision !== "allowed") {
        return denied(request, principal.callerArn, wanted, decision === "denied by a statement");
      }
    }
    return undefined;
  };
}

const allowsEverything = ({ Effect, Action = [], Resource = [], Condition }: PolicyStatement): boolean =>
  Effect === "Allow" && Action.includes("*") && Resource.includes("*") && Object.keys(Condition).length === 0;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function denied(request: RequestModel, caller: string, { action, resource }: Wanted, explicitly: boolean): Answer {
  const on = resource === undefined || resource === "*" ? "" : ` on resource: ${resource}`;
  const because = explicitly
    ? "with an explicit deny in an identity-based policy"
    : `because no identity-based policy allows the ${action} action`;
  const message = `User: ${caller} is not authorized to perform: ${action}${on} ${because}`;
  switch (request.protocol) {
    case "ec2":
      return errorOf(
        request,
        "UnauthorizedOperation",
        `You are not authorized to perform this operation. ${message}`,
        403,
      );
    case "json":
      return errorOf(request, "AccessDeniedException", message, 400);
    case "rest-json":
      return errorOf(request, "AccessDeniedException", message, 403);
    case "query":
    case "rest-xml":
      return errorOf(request, "AccessDenied", message, 403);
  }
}
