import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { elementTexts } from "../xml";
import { Ec2Client } from "./client";

/** Deletes a NAT gateway together with its network interface, which moto would leave in the subnet for ever. */
export async function deleteNatGateway(moto: MotoClient, call: Call, id: string): Promise<Answer> {
  const ec2 = new Ec2Client(moto, call.scope.region);
  const answer = await moto.forward(call);
  if (answer.status === 200) {
    const xml = await ec2.call("DescribeNatGateways", { "NatGatewayId.1": id });
    for (const networkInterface of elementTexts(xml, "networkInterfaceId")) {
      await ec2.deleteNetworkInterface(networkInterface);
    }
  }
  return answer;
}
