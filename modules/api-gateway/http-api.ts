import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { makeAccessLogs } from "./access-logs";
import type { Authorization } from "./authorization-schema";
import { type Authorized, authorizeHttpApi } from "./authorizer";
import type { ApiLoadBalancer } from "./load-balancer";
import { backendPath, listenerPort, methodKey, ownMethods, type PlannedRoute, timeoutLimits } from "./plan";
import { resourceId } from "./resource-id";
import type { HttpApiOptions } from "./schema";

export interface HttpApiProps {
  readonly environment: string;
  readonly name: string;
  readonly options: HttpApiOptions;
  readonly routes: readonly PlannedRoute[];
  /** Undefined where no route goes to a workload. */
  readonly way: { readonly vpcLinkId: string; readonly loadBalancer: ApiLoadBalancer } | undefined;
}

/** An HTTP API with its routes and a stage that deploys itself. */
export class HttpApi extends Construct {
  readonly id: string;
  private readonly executionArn: string;
  readonly stageName: string;
  /** Without a slash at the end. */
  readonly invokeUrl: string;
  private readonly defaultAuthorized: Authorized;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HttpApiProps,
  ) {
    super(scope, id);
    const { name, options, routes } = props;
    const { cors, stage } = options;
    const api = new Apigatewayv2Api(this, "Resource", {
      name,
      description: options.description,
      protocolType: "HTTP",
      ...(options.disableExecuteApiEndpoint ? { disableExecuteApiEndpoint: true } : {}),
      ...(cors === undefined
        ? {}
        : {
            corsConfiguration: {
              allowOrigins: cors.allowOrigins,
              allowMethods: cors.allowMethods,
              ...(cors.allowHeaders.length === 0 ? {} : { allowHeaders: cors.allowHeaders }),
              ...(cors.exposeHeaders.length === 0 ? {} : { exposeHeaders: cors.exposeHeaders }),
              allowCredentials: cors.allowCredentials,
              maxAge: cors.maxAgeSeconds,
            },
          }),
    });
    this.id = api.id;
    this.executionArn = api.executionArn;
    this.defaultAuthorized = this.authorize("authorizer", options.authorization);
    const paths = new Construct(this, "path");
    for (const route of routes) this.route(paths, route);
    this.stageName = this.stage();
    this.invokeUrl = stage.name === "$default" ? api.apiEndpoint : `${api.apiEndpoint}/${stage.name}`;
  }

  private authorize(id: string, authorization: Authorization): Authorized {
    return authorizeHttpApi(
      this,
      id,
      { apiId: this.id, name: `${this.props.name}-${id}`, executionArn: this.executionArn },
      authorization,
    );
  }

  private authorizedOf({ workload, route }: PlannedRoute): Authorized {
    if (route.authorization === undefined) return this.defaultAuthorized;
    const id = ["authorizer", workload, ...(route.name === undefined ? [] : [route.name])].join("_");
    return this.authorize(id, route.authorization);
  }

  private route(paths: Construct, planned: PlannedRoute): void {
    const { type, authorizerId, scopes } = this.authorizedOf(planned);
    for (const method of ownMethods(planned.route)) {
      const scope = new Construct(paths, `${resourceId(method.path)}_${method.httpMethod}`);
      const integration = new Apigatewayv2Integration(scope, "integration", {
        apiId: this.id,
        integrationType: "HTTP_PROXY",
        integrationMethod: method.httpMethod,
        payloadFormatVersion: "1.0",
        timeoutMilliseconds: planned.route.timeoutMilliseconds ?? timeoutLimits.http,
        ...this.backend(planned, method.path),
      });
      new Apigatewayv2Route(scope, "Resource", {
        apiId: this.id,
        routeKey: methodKey(method),
        target: `integrations/${integration.id}`,
        authorizationType: type,
        ...(authorizerId === undefined ? {} : { authorizerId }),
        ...(scopes === undefined ? {} : { authorizationScopes: scopes }),
      });
    }
  }

  private backend(planned: PlannedRoute, path: string) {
    const { integration } = planned.route;
    switch (integration.kind) {
      case "workload": {
        const { way } = this.props;
        if (way === undefined) throw new Error(`no way into the VPC for ${path}`);
        return {
          connectionType: "VPC_LINK",
          connectionId: way.vpcLinkId,
          integrationUri: way.loadBalancer.at(listenerPort(planned)).arn,
          // A private integration would send the stage's name as the first part of the path.
          requestParameters: { "overwrite:path": "$request.path" },
        };
      }
      case "public-host": {
        const scheme = integration.tls.kind === "on" ? "https" : "http";
        return { integrationUri: `${scheme}://${integration.host}${backendPath(path)}` };
      }
      default:
        return assertNever("kind of integration", integration);
    }
  }

  private stage(): string {
    const { environment, name, options } = this.props;
    const logs = makeAccessLogs(this, "access-logs", { environment, name, api: options });
    return new Apigatewayv2Stage(this, "stage", {
      apiId: this.id,
      name: options.stage.name,
      description: options.stage.description,
      autoDeploy: true,
      defaultRouteSettings: {
        detailedMetricsEnabled: options.detailedMetrics,
        throttlingRateLimit: options.throttling.rateLimit,
        throttlingBurstLimit: options.throttling.burstLimit,
      },
      ...(logs === undefined
        ? {}
        : { accessLogSettings: { destinationArn: logs.destinationArn, format: logs.format } }),
    }).name;
  }
}
