import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import { Hosts } from "../../../modules/dns/hosts";
import { Gateways } from "../../../modules/gateway/gateways";
import type { RouteTarget } from "../../../modules/routes/door";
import { SharedHosts } from "../../../modules/routes/nginx/shared-hosts";
import { type Route, routeSchema } from "../../../platform/doors";
import { type EnvironmentInput, environmentSchema } from "../../../platform/environment";
import { makeRoute } from "../../../platform/make-route";
import { synthModule, type TerraformJson } from "../../support/synth";

export type RouteInput = z.input<typeof routeSchema>;

/** A route with every default filled in. */
export function route(input: RouteInput): Route {
  return routeSchema.parse(input);
}

/** What of an environment doors look at beside their own route. */
export type Surroundings = Pick<EnvironmentInput, "controllers" | "gateways" | "workloads">;

/** One door to the workload `shop`, whose Service is `shop-svc:80`, at the address `door`. */
export function synthRoute(
  input: RouteInput,
  target: Partial<RouteTarget> = {},
  surroundings: Surroundings = {},
): TerraformJson {
  const chosen = route(input);
  const environment = environmentSchema.parse({
    name: "dev",
    aws: { region: "us-west-2", accountId: "123456789012" },
    ...surroundings,
  });
  return synthModule((stack) => {
    const service = new ServiceV1(stack, "service", { metadata: { name: "shop-svc" }, spec: {} });
    const made = makeRoute(
      new Construct(stack, "door"),
      chosen.kind,
      chosen,
      {
        name: "shop",
        namespace: "web",
        service: { name: "shop-svc", port: 80 },
        containerPort: 8080,
        selector: { app: "shop", tier: "front" },
        healthCheck: undefined,
        ready: service,
        ...target,
      },
      {
        environment: "dev",
        network: {
          vpcId: "vpc-0123456789abcdef0",
          vpcCidr: "10.0.0.0/16",
          publicSubnetCount: 3,
          privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
        },
        controllers: environment.controllers,
        apiAddress: (api) => `${api}.example.com`,
        hosts: new Hosts(stack, "host", { clusterName: "dev", zoneId: (zone) => `ZONE-OF-${zone}` }),
        sharedNginxHosts: new SharedHosts(stack, "shared", environment, () => []),
        gateways: new Gateways(stack, "gateway", environment, () => []),
      },
    );
    new TerraformOutput(stack, "address", { value: made.address });
  });
}
