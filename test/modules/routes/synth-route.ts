import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import { Hosts } from "../../../modules/dns/hosts";
import type { RouteTarget } from "../../../modules/workloads/route-target";
import { type Route, routeSchema } from "../../../platform/doors";
import { type EnvironmentInput, environmentSchema } from "../../../platform/environment";
import { MadeRoutes } from "../../../platform/route";
import { synthModule, type TerraformJson } from "../../support/synth";

export type RouteInput = z.input<typeof routeSchema>;

/** A route with every default filled in. */
export function route(input: RouteInput): Route {
  return routeSchema.parse(input);
}

/** Where `synthRoute` makes routes. */
export const place = { region: "us-west-2", partition: "aws" } as const;

/** What of an environment doors look at beside their own route. */
export type Surroundings = Pick<EnvironmentInput, "apis" | "controllers" | "gateways" | "workloads">;

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
    const workload: RouteTarget = {
      name: "shop",
      namespace: "web",
      service: { name: "shop-svc", port: 80 },
      containerPort: 8080,
      selector: { app: "shop", tier: "front" },
      drainSeconds: 30,
      healthCheck: undefined,
      ready: service,
      ...target,
    };
    const zoneId = (zone: string) => `ZONE-OF-${zone}`;
    const routes = new MadeRoutes(new Construct(stack, "shared"), environment, {
      environmentName: "dev",
      aws: environment.aws,
      network: {
        vpcId: "vpc-0123456789abcdef0",
        vpcCidr: "10.0.0.0/16",
        publicSubnetIds: ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"],
        privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
        allPrivateSubnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
      },
      certificateArn: ({ certificate, certificateArn }) =>
        certificate === undefined ? certificateArn : `ARN-OF-${certificate}`,
      webAclArn: ({ webAcl, webAclArn }) => (webAcl === undefined ? webAclArn : `WEB-ACL-${webAcl}`),
      balancers: { logBucket: undefined, deletionProtection: false },
      trustStoreArn: (name) => `TRUST-STORE-${name}`,
      trustBundle: (name) => ({ uri: `s3://trust/${name}.pem`, version: `VERSION-OF-${name}` }),
      hosts: new Hosts(stack, "host", { environmentName: "dev", clusterName: "dev", zoneId }),
      namespace: () => [],
      targets: new Map([[workload.name, workload]]),
      zoneId,
      userArn: (user) => `arn:aws:iam::123456789012:user/${user}`,
    });
    const made = routes.make(new Construct(stack, "door"), chosen, workload);
    new TerraformOutput(stack, "address", { value: made.address });
  });
}
