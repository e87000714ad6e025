import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { allowInvocation } from "./lambda-authorizer";
import { type PlannedMethod, type PlannedRoute, planRestApi } from "./plan";
import { resourcePolicy } from "./resource-policy";
import { type DocumentedMethod, restDocument } from "./rest-document";
import { type PrivateWay, restIntegration } from "./rest-integration";
import type { RestApiOptions } from "./rest-schema";
import { restSecurity, type Secured } from "./rest-security";

export interface RestApiProps {
  readonly name: string;
  readonly options: RestApiOptions;
  readonly routes: readonly PlannedRoute[];
  /** Undefined where no route goes to a workload. */
  readonly way: PrivateWay | undefined;
  readonly vpcId: string;
  /** ARN of one of `identity.users`. */
  readonly userArn: (name: string) => string;
}

/**
 * Definition of a REST API as one document, and a deployment of it. Resources and methods one by one would let the
 * deployment be made before Terraform deletes the methods of a route that is gone, and the stage would go on serving it.
 */
export class RestApi extends Construct {
  readonly id: string;
  readonly deploymentId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestApiProps,
  ) {
    super(scope, id);
    const { name, options } = props;
    const { endpoint, binaryMediaTypes, deployment } = options;
    const body = JSON.stringify(this.document());
    const api = new ApiGatewayRestApi(this, "Resource", {
      name,
      description: options.description,
      body,
      // The document is the whole API: what it does not have goes.
      putRestApiMode: "overwrite",
      endpointConfiguration: {
        types: [endpoint.kind],
        ...(endpoint.kind === "PRIVATE" && endpoint.vpcEndpointIds.length > 0
          ? { vpcEndpointIds: endpoint.vpcEndpointIds }
          : {}),
      },
      ...(options.disableExecuteApiEndpoint ? { disableExecuteApiEndpoint: true } : {}),
      ...(binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes }),
    });
    this.id = api.id;
    this.allowLambdas(api.executionArn);
    // What the API is made of, and not its attributes: those grow with the provider, and an API that nobody changed must not
    // deploy again.
    const definition = new TerraformLocal(this, "definition", {
      endpoint: endpoint.kind,
      binaryMediaTypes,
      body,
      ...(deployment.revision === undefined ? {} : { revision: deployment.revision }),
    });
    this.deploymentId = new ApiGatewayDeployment(this, "deployment", {
      restApiId: api.id,
      description: deployment.description,
      triggers: { definition: Fn.sha1(Fn.jsonencode(definition.asAnyMap)) },
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [api],
    }).id;
  }

  private allowLambdas(executionArn: string): void {
    const { options, routes } = this.props;
    const all = [options.authorization, ...routes.flatMap(({ route }) => route.authorization ?? [])];
    const lambdas = new Map(all.flatMap((one) => (one.kind === "LAMBDA" ? [[one.functionArn, one] as const] : [])));
    for (const [index, lambda] of [...lambdas.values()].entries())
      allowInvocation(this, `authorizer_${index}_invocation`, { executionArn }, lambda);
  }

  private document() {
    const { name, options, routes, vpcId, userArn } = this.props;
    const secured = new Map(routes.map((route) => [route, this.securedOf(route)]));
    const { endpoint } = options;
    return restDocument(
      {
        title: name,
        binaryMediaTypes: options.binaryMediaTypes,
        endpoint: {
          ...(options.disableExecuteApiEndpoint ? { disableExecuteApiEndpoint: true } : {}),
          ...(endpoint.kind === "PRIVATE" && endpoint.vpcEndpointIds.length > 0
            ? { vpcEndpointIds: endpoint.vpcEndpointIds }
            : {}),
        },
        description: options.description,
        policy: resourcePolicy({ options, calls: `execute-api:/${options.stage.name}/*`, userArn, vpcId }),
      },
      planRestApi(routes).map((method) => this.method(method, secured.get(method.from) ?? this.defaultSecured)),
    );
  }

  private get defaultSecured(): Secured {
    return restSecurity(`${this.props.name}-authorizer`, this.props.options.authorization);
  }

  private securedOf({ workload, route }: PlannedRoute): Secured {
    if (route.authorization === undefined) return this.defaultSecured;
    const id = ["authorizer", workload, ...(route.name === undefined ? [] : [route.name])].join("_");
    return restSecurity(`${this.props.name}-${id}`, route.authorization);
  }

  private method(method: PlannedMethod<PlannedRoute>, secured: Secured): DocumentedMethod {
    const { options, way } = this.props;
    return {
      path: method.path,
      httpMethod: method.httpMethod,
      secured,
      apiKeyRequired: method.from.route.apiKeyRequired ?? options.usagePlan !== undefined,
      integration: restIntegration(method, way, options.vpcLink),
    };
  }
}
