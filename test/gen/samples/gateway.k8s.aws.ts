import type { ListenerRuleConfiguration } from "../../../.gen/gateway.k8s.aws/v1/listener-rule-configuration";
import type { LoadBalancerConfiguration } from "../../../.gen/gateway.k8s.aws/v1/load-balancer-configuration";
import type { TargetGroupConfiguration } from "../../../.gen/gateway.k8s.aws/v1/target-group-configuration";

export const loadBalancerConfiguration: LoadBalancerConfiguration = {
  apiVersion: "gateway.k8s.aws/v1",
  kind: "LoadBalancerConfiguration",
  metadata: { name: "public", namespace: "default" },
  spec: {
    scheme: "internet-facing",
    loadBalancerSubnetsSelector: { "kubernetes.io/role/elb": ["1"] },
    listenerConfigurations: [
      {
        protocolPort: "HTTPS:443",
        defaultCertificate: "arn:aws:acm:eu-central-1:000000000000:certificate/00000000-0000-0000-0000-000000000000",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      },
    ],
  },
};

export const targetGroupConfiguration: TargetGroupConfiguration = {
  apiVersion: "gateway.k8s.aws/v1",
  kind: "TargetGroupConfiguration",
  metadata: { name: "healthy", namespace: "default" },
  spec: {
    targetReference: { name: "healthy-app" },
    defaultConfiguration: {
      targetType: "ip",
      healthCheckConfig: { healthCheckPath: "/health", healthCheckProtocol: "HTTP", matcher: { httpCode: "200" } },
    },
  },
};

export const callers: ListenerRuleConfiguration = {
  apiVersion: "gateway.k8s.aws/v1",
  kind: "ListenerRuleConfiguration",
  metadata: { name: "shop", namespace: "shop" },
  spec: {
    actions: [
      {
        type: "jwt-validation",
        jwtValidationConfig: {
          issuer: "https://login.example.com",
          jwksEndpoint: "https://login.example.com/jwks.json",
          additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["shop.read"] }],
        },
      },
    ],
  },
};
