import type { API } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/api";
import type { Authorizer } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/authorizer";
import type { Integration } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/integration";
import type { Route } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/route";
import type { Stage } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/stage";
import type { VPCLink } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/vpc-link";

export const api: API = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "API",
  metadata: { name: "books", namespace: "default" },
  spec: {
    name: "books",
    protocolType: "HTTP",
    corsConfiguration: { allowMethods: ["GET"], allowOrigins: ["https://example.com"], maxAge: 600 },
    tags: { team: "books" },
  },
};

export const authorizer: Authorizer = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "Authorizer",
  metadata: { name: "jwt", namespace: "default" },
  spec: {
    apiRef: { from: { name: "books" } },
    name: "jwt",
    authorizerType: "JWT",
    identitySource: ["$request.header.Authorization"],
    jwtConfiguration: { audience: ["books"], issuer: "https://issuer.example.com" },
  },
};

export const integration: Integration = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "Integration",
  metadata: { name: "books", namespace: "default" },
  spec: {
    apiRef: { from: { name: "books" } },
    connectionRef: { from: { name: "internal" } },
    connectionType: "VPC_LINK",
    integrationMethod: "ANY",
    integrationType: "HTTP_PROXY",
    integrationURI: "arn:aws:elasticloadbalancing:eu-central-1:000000000000:listener/net/books/0/0",
    payloadFormatVersion: "1.0",
    requestParameters: { "overwrite:path": "$request.path" },
    timeoutInMillis: 29000,
  },
};

export const route: Route = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "Route",
  metadata: { name: "books", namespace: "default" },
  spec: {
    apiRef: { from: { name: "books" } },
    routeKey: "GET /api/book",
    targetRef: { from: { name: "books" } },
    authorizationType: "AWS_IAM",
  },
};

export const stage: Stage = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "Stage",
  metadata: { name: "default-stage", namespace: "default" },
  spec: {
    apiRef: { from: { name: "books" } },
    stageName: "$default",
    autoDeploy: true,
    defaultRouteSettings: { throttlingBurstLimit: 100, throttlingRateLimit: 50 },
  },
};

export const vpcLink: VPCLink = {
  apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
  kind: "VPCLink",
  metadata: { name: "internal", namespace: "default" },
  spec: { name: "internal", subnetIDs: ["subnet-0123456789abcdef0"], securityGroupIDs: ["sg-0123456789abcdef0"] },
};
