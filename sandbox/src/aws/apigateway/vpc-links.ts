import { APIGatewayClient, GetVpcLinksCommand } from "@aws-sdk/client-api-gateway";
import type { MotoClient } from "../moto-client";
import { sdkOptions } from "../sdk";

/** Ids of the VPC links of REST APIs that lead to a load balancer. */
export async function vpcLinksTo(
  moto: MotoClient,
  region: string,
  loadBalancerArn: string,
): Promise<readonly string[]> {
  const client = new APIGatewayClient(sdkOptions(moto.endpoint, region));
  const { items = [] } = await client.send(new GetVpcLinksCommand({}));
  return items.filter(({ targetArns }) => targetArns?.includes(loadBalancerArn)).flatMap(({ id }) => id ?? []);
}
