import { writeFileSync } from "node:fs";
import { it } from "vitest";
import type { EnvironmentInput } from "../../../modules/config/environment";
import { synthText } from "../../support/environments";
import { withApi, workload } from "./fixtures";
import { seedsWithApis } from "./seeds";

const cert = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const reason = "A test says so, and nobody else.";
const full = (timeout: number, retention: 30 | 90): EnvironmentInput =>
  withApi({ kind: "rest" }, [], {
    apiGateway: { logsRole: "create" },
    dns: { zones: { "example.com": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" } } },
    apis: {
      store: {
        kind: "rest",
        usagePlan: {
          quota: { limit: 10, period: "DAY" },
          throttling: {},
          keys: { kind: "in-state", names: ["partner"], reason },
        },
        tracing: true,
        accessLogs: { kind: "on", retentionDays: retention },
        binaryMediaTypes: ["image/png"],
        customDomain: { name: "rest.example.com", certificateArn: cert, zone: "example.com", basePath: "v1" },
      },
      edge: {
        kind: "rest",
        endpoint: { kind: "EDGE" },
        authorization: {
          kind: "COGNITO_USER_POOLS",
          userPoolArns: ["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi"],
        },
        webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/11111111-2222-3333-4444-555555555555",
        reverseProxy: { kind: "nginx" },
        customDomain: {
          name: "edge.example.com",
          certificateArn: cert.replace("us-west-2", "us-east-1"),
          zone: "example.com",
        },
      },
      inner: {
        kind: "rest",
        endpoint: { kind: "PRIVATE", vpcEndpointIds: ["vpce-0123456789abcdef0"] },
        clientArns: ["arn:aws:iam::123456789012:role/caller"],
      },
      web: {
        kind: "http",
        stage: { name: "live" },
        authorization: { kind: "JWT", issuer: "https://issuer.example.com", audience: ["shop"] },
        cors: { allowOrigins: ["https://shop.example.com"] },
        customDomain: { name: "http.example.com", certificateArn: cert, zone: "example.com" },
      },
      ...(timeout === 0 ? { second: { kind: "rest" as const, vpcLink: { kind: "v2" as const } } } : {}),
    },
    workloads: {
      shop: workload([
        timeout === 0 ? {} : { timeoutMilliseconds: timeout },
        {
          name: "host",
          path: "/status",
          match: { kind: "exact", method: "GET" },
          integration: { kind: "public-host", host: "shop.example.com", type: "HTTP" },
        },
        { name: "edge", api: "edge" },
        { name: "inner", api: "inner" },
        { name: "web", api: "web" },
        ...(timeout === 0 ? [{ name: "second", api: "second" }] : []),
      ]),
      cart: workload([{ path: "/cart", listenerPort: 8081 }]),
    },
  });
it("dump", () => {
  const all: Record<string, EnvironmentInput> = {
    seeds: seedsWithApis,
    full: full(29000, 90),
    timeout: full(5000, 90),
    logs: full(29000, 30),
    v2: full(0, 90),
  };
  for (const [n, e] of Object.entries(all))
    for (const [k, v] of Object.entries(synthText(e))) writeFileSync(`/tmp/apigw/${n}-${k}.json`, v);
});
