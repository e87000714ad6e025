import type { Call } from "../exchange";
import type { RequestModel } from "../model/request-model";
import { iamAction } from "./iam-action";
import { type Place, resourcesOf } from "./resources";
import { tagsInRequest } from "./tags";

/** An action that a call needs, on a resource. */
export interface Need {
  readonly action: string;
  /** An ARN, `*` for an action on no resource in particular, or undefined where it is not known here. */
  readonly resource: string | undefined;
  /** The operation that makes what is tagged, where the action is tagging something at its creation. */
  readonly createdBy?: string;
}

/** The action that tagging at creation needs beside the creation, by service. */
const taggingActions: Readonly<Record<string, string>> = {
  ec2: "ec2:CreateTags",
  elbv2: "elasticloadbalancing:AddTags",
};

/** Services that take the ARN of a role to be about that role, and not to act as it. */
const aboutRoles = ["iam", "sts"];

/** Everything that a caller needs for one call: the action itself, tagging what it makes, and passing on roles. */
export function needsOf(call: Pick<Call, "method" | "path">, request: RequestModel, place: Place): readonly Need[] {
  const action = iamAction(request, call.method);
  const { arns, made } = resourcesOf(call, request, place);
  const tagging = taggingActions[request.service];
  const tags = Object.keys(tagsInRequest(request.parameters).tags);
  return [
    ...(arns ?? [undefined]).map((resource) => ({ action, resource })),
    ...(made === undefined || tagging === undefined || tags.length === 0
      ? []
      : [{ action: tagging, resource: made, createdBy: request.operation }]),
    ...(aboutRoles.includes(request.service) ? [] : rolesIn(request.parameters)).map((resource) => ({
      action: "iam:PassRole",
      resource,
    })),
  ];
}

/** Roles that a request hands to a service, by the names that services have for such a field. */
function rolesIn(parameters: unknown): readonly string[] {
  if (typeof parameters !== "object" || parameters === null) {
    return [];
  }
  return Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === "string"
      ? /role(arn)?$|permissionarn$/i.test(name) && /^arn:[^:]+:iam::\d+:role\//.test(value)
        ? [value]
        : []
      : rolesIn(value),
  );
}
