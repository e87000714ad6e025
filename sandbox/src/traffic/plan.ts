import { z } from "zod";
import type { SynthesizedStack } from "../synthesized";
import { wantedImage, wantedImages } from "./images/wanted";

/** What pods and doors that really answer need to know of an environment. */
export const trafficPlan = z.object({
  /** Network of the VPC. */
  vpcCidr: z.string(),
  images: z.array(wantedImage),
});

export type TrafficPlan = z.infer<typeof trafficPlan>;

/** Where a network exists already nothing tells its addresses; the nodes have some of this one. */
const anyVpc = "10.0.0.0/16";

export function planTraffic(stacks: readonly SynthesizedStack[]): TrafficPlan {
  const [vpc] = stacks.flatMap(({ json }) => Object.values(json.resource["aws_vpc"] ?? {}));
  const cidr = vpc?.["cidr_block"];
  return { vpcCidr: typeof cidr === "string" ? cidr : anyVpc, images: [...wantedImages(stacks)] };
}
