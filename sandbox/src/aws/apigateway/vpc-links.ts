import { z } from "zod";
import type { MotoClient } from "../moto-client";

const vpcLinks = z.object({
  item: z.array(z.object({ id: z.string(), targetArns: z.array(z.string()).nullish() })).default([]),
});

/** Ids of the VPC links of REST APIs that lead to a load balancer. */
export async function vpcLinksTo(
  moto: MotoClient,
  region: string,
  loadBalancerArn: string,
): Promise<readonly string[]> {
  const scope = { accessKeyId: "SANDBOX", region, service: "apigateway" };
  const { item } = vpcLinks.parse(await moto.json(scope, { method: "GET", url: "/vpclinks" }));
  return item.filter(({ targetArns }) => targetArns?.includes(loadBalancerArn)).map(({ id }) => id);
}
