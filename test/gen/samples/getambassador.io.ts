import type { Mapping } from "../../../.gen/getambassador.io/v3alpha1/mapping";

export const mapping: Mapping = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Mapping",
  metadata: { name: "api-mapping", namespace: "default" },
  spec: {
    hostname: "*",
    prefix: "/health",
    service: "predict-server.default:5001",
    rewrite: "",
    timeout_ms: 3000,
    retry_policy: { retry_on: "5xx", num_retries: 2 },
    add_request_headers: { "x-door": { value: "emissary", append: false } },
    circuit_breakers: [{ priority: "default", max_connections: 1024 }],
    envoy_override: { upgrade_configs: [{ upgrade_type: "websocket", enabled: true }] },
  },
};
