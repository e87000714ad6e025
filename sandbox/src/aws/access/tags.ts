import { DescribeTagsCommand as DescribeEc2TagsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ElasticLoadBalancingV2ServiceException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { z } from "zod";
import { Ec2, filters } from "../ec2/client";
import type { RequestModel } from "../model/request-model";
import type { MotoClient } from "../moto-client";
import { sdkOptions } from "../sdk";

export type Tags = Readonly<Record<string, string>>;

const tag = z.object({ Key: z.string(), Value: z.string().default("") });
const requestTags = z.object({
  Tags: z.array(tag).optional(),
  TagKeys: z.array(z.string()).optional(),
  TagSpecifications: z.array(z.object({ Tags: z.array(tag).default([]) })).optional(),
});

/** The tags that a request gives what it makes or changes, and the keys of those that it names. */
export function tagsInRequest(parameters: RequestModel["parameters"]): {
  readonly tags: Tags;
  readonly keys: readonly string[];
} {
  const { Tags: direct = [], TagKeys = [], TagSpecifications = [] } = requestTags.safeParse(parameters).data ?? {};
  const all = [...direct, ...TagSpecifications.flatMap(({ Tags: of }) => of)];
  const tags = Object.fromEntries(all.map(({ Key, Value }) => [Key, Value]));
  return { tags, keys: [...Object.keys(tags), ...TagKeys] };
}

/** The tags that a resource has; none of what is not there, and of services whose resources no controller changes. */
export async function tagsOfResource(moto: MotoClient, region: string, arn: string): Promise<Tags> {
  const [, , service, , , resource = ""] = arn.split(":");
  if (resource.endsWith("/*")) {
    return {};
  }
  switch (service) {
    case "ec2": {
      const id = resource.split("/")[1] ?? "";
      const command = new DescribeEc2TagsCommand({ Filters: filters({ "resource-id": [id] }) });
      const { Tags: found = [] } = await new Ec2(moto, region).client.send(command);
      return record(found);
    }
    case "elasticloadbalancing": {
      const client = new ElasticLoadBalancingV2Client(sdkOptions(moto.endpoint, region));
      const found = client.send(new DescribeTagsCommand({ ResourceArns: [arn] })).catch((error: unknown) => {
        if (error instanceof ElasticLoadBalancingV2ServiceException) {
          return { TagDescriptions: [] };
        }
        throw error;
      });
      return record((await found).TagDescriptions?.[0]?.Tags ?? []);
    }
    default:
      return {};
  }
}

function record(tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
