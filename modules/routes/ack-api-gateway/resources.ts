import type { API } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/api";
import type { Authorizer } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/authorizer";
import type { Integration } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/integration";
import type { Route } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/route";
import type { Stage } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/stage";
import type { VPCLink } from "../../../.gen/apigatewayv2.services.k8s.aws/v1alpha1/vpc-link";
import type { AckApiGatewayRoute } from "./schema";

const apiVersion = "apigatewayv2.services.k8s.aws/v1alpha1";

export interface AckApiProps {
  /** Name of the API and of its resources. */
  readonly name: string;
  readonly namespace: string;
  /** Name of the API in AWS. */
  readonly nameInAws: string;
  readonly route: AckApiGatewayRoute;
  /** Subnets of the VPC link's network interfaces. */
  readonly subnetIds: readonly string[];
  /** Security group of these. */
  readonly securityGroupId: string;
  /** Listener of the internal load balancer. */
  readonly listenerArn: string;
  readonly accessLogs: { readonly destinationArn: string; readonly format: string } | undefined;
}

const reference = (name: string) => ({ from: { name } });

/** The API and its way into the VPC, which nothing else may outlive. */
export function apiResources({ name, namespace, nameInAws, subnetIds, securityGroupId }: AckApiProps): [API, VPCLink] {
  return [
    {
      apiVersion,
      kind: "API",
      metadata: { name, namespace },
      spec: { name: nameInAws, protocolType: "HTTP" },
    },
    {
      apiVersion,
      kind: "VPCLink",
      metadata: { name, namespace },
      spec: { name: nameInAws, subnetIDs: subnetIds, securityGroupIDs: [securityGroupId] },
    },
  ];
}

function authorizers({ name, namespace, nameInAws, route: { authorization } }: AckApiProps): readonly Authorizer[] {
  if (authorization.kind !== "JWT") return [];
  return [
    {
      apiVersion,
      kind: "Authorizer",
      metadata: { name, namespace },
      spec: {
        apiRef: reference(name),
        name: nameInAws,
        authorizerType: "JWT",
        identitySource: ["$request.header.Authorization"],
        jwtConfiguration: { issuer: authorization.issuer, audience: authorization.audience },
      },
    },
  ];
}

/** What a route names: the integration, and the authorizer where tokens are asked for. */
export function integrationResources(props: AckApiProps): readonly (Integration | Authorizer)[] {
  const { name, namespace, route, listenerArn } = props;
  return [
    {
      apiVersion,
      kind: "Integration",
      metadata: { name, namespace },
      spec: {
        apiRef: reference(name),
        connectionType: "VPC_LINK",
        connectionRef: reference(name),
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationURI: listenerArn,
        payloadFormatVersion: "1.0",
        timeoutInMillis: route.timeoutMilliseconds,
        // A private integration would send the stage's name as the first part of the path.
        requestParameters: { "overwrite:path": "$request.path" },
      },
    },
    ...authorizers(props),
  ];
}

function routeResource(props: AckApiProps, name: string, path: string): Route {
  const { authorization } = props.route;
  return {
    apiVersion,
    kind: "Route",
    metadata: { name, namespace: props.namespace },
    spec: {
      apiRef: reference(props.name),
      routeKey: `ANY ${path}`,
      targetRef: reference(props.name),
      authorizationType: authorization.kind,
      ...(authorization.kind === "JWT" ? { authorizerRef: reference(props.name) } : {}),
      ...(authorization.kind === "JWT" && authorization.scopes.length > 0
        ? { authorizationScopes: authorization.scopes }
        : {}),
    },
  };
}

/** The path, everything below it, and the stage that deploys both by itself. */
export function routeResources(props: AckApiProps): readonly (Route | Stage)[] {
  const { name, namespace, route, accessLogs } = props;
  return [
    routeResource(props, name, route.path),
    routeResource(props, `${name}-below`, `${route.path === "/" ? "" : route.path}/{proxy+}`),
    {
      apiVersion,
      kind: "Stage",
      metadata: { name, namespace },
      spec: {
        apiRef: reference(name),
        stageName: route.stage,
        autoDeploy: true,
        defaultRouteSettings: {
          detailedMetricsEnabled: true,
          throttlingRateLimit: route.throttling.rateLimit,
          throttlingBurstLimit: route.throttling.burstLimit,
        },
        ...(accessLogs === undefined
          ? {}
          : { accessLogSettings: { destinationARN: accessLogs.destinationArn, format: accessLogs.format } }),
      },
    },
  ];
}
