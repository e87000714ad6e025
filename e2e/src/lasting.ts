/** What traffic or data is lost with: a change leaves it in place. */
export const lastingTypes: ReadonlySet<string> = new Set([
  "aws_api_gateway_rest_api",
  "aws_apigatewayv2_api",
  "aws_ecr_repository",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_lb",
  "aws_route53_zone",
  "aws_vpc",
  // The load balancer controller ends a load balancer with the object that it was made from.
  "kubernetes_ingress_v1",
  "kubernetes_namespace_v1",
  "kubernetes_service_v1",
]);
