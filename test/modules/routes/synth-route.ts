import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import type { RouteTarget } from "../../../modules/routes/door";
import { makeRoute } from "../../../modules/routes/make";
import { type Route, routeSchema } from "../../../modules/routes/registry";
import { synthModule, type TerraformJson } from "../../support/synth";

export type RouteInput = z.input<typeof routeSchema>;

/** A route with every default filled in. */
export function route(input: RouteInput): Route {
  return routeSchema.parse(input);
}

/** One door to the workload `shop`, whose Service is `shop-svc:80`, at the address `door`. */
export function synthRoute(input: RouteInput, target: Partial<RouteTarget> = {}): TerraformJson {
  const chosen = route(input);
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
        network: { vpcId: "vpc-0123456789abcdef0", publicSubnetCount: 3 },
        apiAddress: (api) => `${api}.example.com`,
      },
    );
    new TerraformOutput(stack, "address", { value: made.address });
  });
}
