import type { Host } from "../../../.gen/getambassador.io/v3alpha1/host";
import type { Listener } from "../../../.gen/getambassador.io/v3alpha1/listener";
import type { Mapping } from "../../../.gen/getambassador.io/v3alpha1/mapping";
import type { Module } from "../../../.gen/getambassador.io/v3alpha1/module";
import type { TLSContext } from "../../../.gen/getambassador.io/v3alpha1/tls-context";

export const listener: Listener = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Listener",
  metadata: { name: "http", namespace: "ambassador" },
  spec: { port: 8080, protocol: "HTTP", securityModel: "XFP", hostBinding: { namespace: { from: "ALL" } } },
};

export const host: Host = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Host",
  metadata: { name: "predictions", namespace: "ambassador", labels: { team: "predictions" } },
  spec: {
    hostname: "predictions.example.com",
    mappingSelector: { matchLabels: { team: "predictions" } },
    requestPolicy: { insecure: { action: "Redirect", additionalPort: -1 } },
    tlsContext: { name: "modern" },
    tlsSecret: { name: "predictions-tls" },
  },
};

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

export const module: Module = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Module",
  metadata: { name: "ambassador", namespace: "ambassador" },
  spec: { config: { diagnostics: { enabled: false }, xff_num_trusted_hops: 1, lua_scripts: null } },
};

export const tlsContext: TLSContext = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "TLSContext",
  metadata: { name: "modern", namespace: "ambassador" },
  spec: { hosts: ["predictions.example.com"], min_tls_version: "v1.2", alpn_protocols: "h2,http/1.1" },
};
