import { z } from "zod";
import type { KubernetesApi } from "./kubernetes/kubernetes-api";

const gatewaySchema = z.looseObject({
  status: z.looseObject({ addresses: z.array(z.looseObject({ value: z.string() })).default([]) }).prefault({}),
});

/** The addresses of the cluster's Gateways, which Terraform does not know: a controller gives them afterwards. */
export async function gatewayAddresses(api: Pick<KubernetesApi, "list">): Promise<readonly string[]> {
  const gateways = (await api.list("/apis/gateway.networking.k8s.io/v1/gateways"))?.items ?? [];
  const addresses = gateways.flatMap((gateway) => gatewaySchema.parse(gateway).status.addresses);
  return [...new Set(addresses.map(({ value }) => value))];
}

/** A line a door. One for every host is reached by the address of its Gateway. */
export function doorLines(doors: Readonly<Record<string, unknown>>, gateways: readonly string[]): readonly string[] {
  return Object.entries(doors).map(([door, address]) => {
    const text = String(address);
    const reached = text.startsWith("*/") && gateways.length > 0 ? `${gateways.join(" or ")}${text.slice(1)}` : text;
    return `  ${door.padEnd(40)}${reached}`;
  });
}
