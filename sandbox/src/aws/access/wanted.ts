import type { Call } from "../exchange";
import type { RequestModel } from "../model/request-model";
import type { MotoClient } from "../moto-client";
import type { Wanted } from "./evaluate";
import { needsOf } from "./needs";
import type { Place } from "./resources";
import { tagsInRequest, tagsOfResource } from "./tags";

/** Everything that a caller needs to be allowed for one call, each with what conditions may ask of it. */
export async function wantedBy(
  moto: MotoClient,
  call: Call,
  request: RequestModel,
  place: Place,
  principalArn: string,
): Promise<readonly Wanted[]> {
  const { tags, keys } = tagsInRequest(request.parameters);
  const { AWSServiceName: servedBy } = request.parameters;
  const common: readonly (readonly [string, string])[] = [
    ["aws:PrincipalArn", principalArn],
    ["aws:RequestedRegion", place.region],
    ...(typeof servedBy === "string" ? [["iam:AWSServiceName", servedBy] as const] : []),
    ...Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const),
  ];
  const wanted = needsOf(call, request, place).map(async ({ action, resource, createdBy }) => {
    const prefix = action.split(":")[0] ?? "";
    const own = resource === undefined ? {} : await tagsOfResource(moto, place.region, resource);
    const single = [
      ...common,
      ...Object.entries(own).flatMap(([key, value]) => [
        [`aws:ResourceTag/${key}`, value] as const,
        [`${prefix}:ResourceTag/${key}`, value] as const,
      ]),
      [`${prefix}:Region`, place.region] as const,
      ...(createdBy === undefined ? [] : [[`${prefix}:CreateAction`, createdBy] as const]),
    ];
    const context = new Map<string, readonly string[]>(single.map(([key, value]) => [key.toLowerCase(), [value]]));
    if (keys.length > 0) {
      context.set("aws:tagkeys", keys);
    }
    return { action, resource, context };
  });
  return Promise.all(wanted);
}
