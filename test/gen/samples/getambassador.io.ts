import type { AuthService } from "../../../.gen/getambassador.io/v3alpha1/auth-service";
import type { Host } from "../../../.gen/getambassador.io/v3alpha1/host";
import type { Listener } from "../../../.gen/getambassador.io/v3alpha1/listener";
import type { Mapping } from "../../../.gen/getambassador.io/v3alpha1/mapping";
import type { RateLimitService } from "../../../.gen/getambassador.io/v3alpha1/rate-limit-service";

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

export const listener: Listener = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Listener",
  metadata: { name: "https", namespace: "emissary" },
  spec: { port: 8443, protocol: "HTTP", securityModel: "SECURE", hostBinding: { namespace: { from: "ALL" } } },
};

export const host: Host = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Host",
  metadata: { name: "every-host", namespace: "emissary" },
  spec: { hostname: "*", requestPolicy: { insecure: { action: "Redirect" } } },
};

export const authService: AuthService = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "AuthService",
  metadata: { name: "external-auth", namespace: "emissary" },
  spec: { auth_service: "auth.shop:9000", proto: "grpc", protocol_version: "v3", failure_mode_allow: false },
};

export const rateLimitService: RateLimitService = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "RateLimitService",
  metadata: { name: "rate-limit", namespace: "emissary" },
  spec: { service: "limits.shop:9000", protocol_version: "v3", domain: "ambassador", failure_mode_deny: true },
};
