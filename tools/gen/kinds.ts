/**
 * The custom resources that the project emits, by `group/version`, in the version that the controller stores. A line
 * here and a run of the generator give a kind its type; a line that nothing needs any more fails a test.
 */
export const kinds: Readonly<Record<string, readonly string[]>> = {
  "apigatewayv2.services.k8s.aws/v1alpha1": ["API", "Authorizer", "Integration", "Route", "Stage", "VPCLink"],
  "application-networking.k8s.aws/v1alpha1": ["TargetGroupPolicy"],
  "appmesh.k8s.aws/v1beta2": [
    "GatewayRoute",
    "Mesh",
    "VirtualGateway",
    "VirtualNode",
    "VirtualRouter",
    "VirtualService",
  ],
  "cert-manager.io/v1": ["Certificate", "ClusterIssuer"],
  "elbv2.k8s.aws/v1beta1": ["TargetGroupBinding"],
  "gateway.k8s.aws/v1": ["ListenerRuleConfiguration", "LoadBalancerConfiguration", "TargetGroupConfiguration"],
  "gateway.networking.k8s.io/v1": ["Gateway", "GatewayClass", "HTTPRoute", "TCPRoute"],
  "getambassador.io/v3alpha1": ["AuthService", "Host", "Listener", "Mapping", "RateLimitService"],
};
