/**
 * The custom resources that the project emits, by `group/version`. A line here and a run of the generator give a kind
 * its type; nothing else knows the list.
 *
 * The version is the one that the controller stores. ReferenceGrant is the exception: Gateway API 1.6 still stores
 * v1beta1 and serves the same schema as v1.
 */
export const kinds: Readonly<Record<string, readonly string[]>> = {
  "apigatewayv2.services.k8s.aws/v1alpha1": [
    "API",
    "APIMapping",
    "Authorizer",
    "Deployment",
    "DomainName",
    "Integration",
    "Route",
    "Stage",
    "VPCLink",
  ],
  "application-networking.k8s.aws/v1alpha1": [
    "AccessLogPolicy",
    "IAMAuthPolicy",
    "ServiceExport",
    "ServiceImport",
    "ServiceNetwork",
    "TargetGroupPolicy",
    "VpcAssociationPolicy",
  ],
  "appmesh.k8s.aws/v1beta2": [
    "GatewayRoute",
    "Mesh",
    "VirtualGateway",
    "VirtualNode",
    "VirtualRouter",
    "VirtualService",
  ],
  "cert-manager.io/v1": ["Certificate", "ClusterIssuer", "Issuer"],
  "elbv2.k8s.aws/v1beta1": ["IngressClassParams", "TargetGroupBinding"],
  "gateway.k8s.aws/v1": ["ListenerRuleConfiguration", "LoadBalancerConfiguration", "TargetGroupConfiguration"],
  "gateway.networking.k8s.io/v1": ["Gateway", "GatewayClass", "HTTPRoute", "ReferenceGrant", "TCPRoute", "TLSRoute"],
  "getambassador.io/v3alpha1": ["Host", "Listener", "Mapping", "Module", "TLSContext"],
};
