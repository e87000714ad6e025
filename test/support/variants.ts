import type { EnvironmentInput } from "../../platform/environment";
import { seedsWithMesh } from "../seeds/004-declaration";
import { minimal } from "./minimal";

/** Doors that no environment of the project has. */
const otherDoors: EnvironmentInput = {
  ...minimal("other"),
  registry: { repositories: { shop: {} } },
  dns: { zones: { "example.com": { kind: "create" } } },
  controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {}, ackApiGateway: {}, externalDns: {} },
  gateways: {
    front: { kind: "alb", exposure: "internet-facing" },
    ports: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] },
  },
  workloads: {
    shop: {
      image: { repository: "shop", tag: "1.0.0" },
      port: 8080,
      routes: [
        { kind: "gateway", gateway: "front", host: "shop.example.com" },
        { kind: "gateway", name: "shop-port", gateway: "ports", listenerPort: 5432 },
        { kind: "ack-api-gateway" },
      ],
    },
  },
};

/** Environments beside the project's own that have what those have not. */
export const variants = {
  "seeds-on-lattice": seedsWithMesh("lattice"),
  "other-doors": otherDoors,
} as const satisfies Readonly<Record<string, EnvironmentInput>>;
