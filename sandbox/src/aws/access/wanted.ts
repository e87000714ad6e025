import type { Call } from "../exchange";
import type { RequestModel } from "../model/request-model";
import type { MotoClient } from "../moto-client";
import type { Context } from "./conditions";
import type { Wanted } from "./evaluate";
import { iamAction } from "./iam-action";
import { type Place, resourcesOf } from "./resources";
import { type Tags, tagsInRequest, tagsOfResource } from "./tags";

/** The action that tagging at creation needs beside the creation, by service. */
const taggingActions: Readonly<Record<string, string>> = {
  ec2: "ec2:CreateTags",
  elbv2: "elasticloadbalancing:AddTags",
};

/** Everything that a caller needs to be allowed for one call: the action on each resource, and tagging what it makes. */
export async function wantedBy(
  moto: MotoClient,
  call: Call,
  request: RequestModel,
  place: Place,
  principalArn: string,
): Promise<readonly Wanted[]> {
  const action = iamAction(request, call.method);
  const prefix = action.split(":")[0] ?? "";
  const { arns, made } = resourcesOf(call, request, place);
  const { tags, keys } = tagsInRequest(request.parameters);
  const { AWSServiceName: servedBy } = request.parameters;
  const common = [
    ["aws:PrincipalArn", principalArn],
    ["aws:RequestedRegion", place.region],
    [`${prefix}:Region`, place.region],
    ...(typeof servedBy === "string" ? [["iam:AWSServiceName", servedBy] as const] : []),
    ...Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const),
  ] as const;
  const contextOf = (own: Tags, ...more: readonly (readonly [string, string])[]): Context => {
    const ownTags = Object.entries(own).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value] as const,
      [`${prefix}:ResourceTag/${key}`, value] as const,
    ]);
    const single = [...common, ...ownTags, ...more].map(([key, value]) => [key.toLowerCase(), [value]] as const);
    return new Map<string, readonly string[]>([
      ...single,
      ...(keys.length > 0 ? [["aws:tagkeys", keys] as const] : []),
    ]);
  };
  const main = (arns ?? [undefined]).map(async (resource) => ({
    action,
    resource,
    context: contextOf(resource === undefined ? {} : await tagsOfResource(moto, place.region, resource)),
  }));
  const tagging = taggingActions[request.service];
  const taggingMade =
    made === undefined || tagging === undefined || Object.keys(tags).length === 0
      ? []
      : [{ action: tagging, resource: made, context: contextOf({}, [`${prefix}:CreateAction`, request.operation]) }];
  return [...(await Promise.all(main)), ...taggingMade];
}
