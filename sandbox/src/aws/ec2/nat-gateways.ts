import { DescribeNatGatewaysCommand } from "@aws-sdk/client-ec2";
import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { Ec2 } from "./client";

/** Deletes a NAT gateway together with its network interface, which moto would leave in the subnet for ever. */
export async function deleteNatGateway(moto: MotoClient, call: Call, id: string): Promise<Answer> {
  const ec2 = new Ec2(moto, call.scope.region);
  const answer = await moto.forward(call);
  if (answer.status === 200) {
    const { NatGateways = [] } = await ec2.client.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
    const addresses = NatGateways.flatMap(({ NatGatewayAddresses = [] }) => NatGatewayAddresses);
    for (const networkInterface of addresses.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? [])) {
      await ec2.deleteNetworkInterface(networkInterface);
    }
  }
  return answer;
}
