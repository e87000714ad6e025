import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { type PolicyDocument, policyJson } from "../identity/policy";
import { type Authorized, authorizeRestApi } from "./authorizer";
import { methodKey, type PlannedMethod, type PlannedRoute, planRestApi } from "./plan";
import { resourceId } from "./resource-id";
import { resourcePolicy } from "./resource-policy";
import { type PrivateWay, restIntegration } from "./rest-integration";
import { RestMethod } from "./rest-method";
import type { RestApiOptions } from "./rest-schema";

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

/** Definition of a REST API: its resources, methods and policy, and a deployment of them. */
export class RestApi extends Construct {
  readonly id: string;
  readonly deploymentId: string;
  private readonly api: ApiGatewayRestApi;
  private readonly defaultAuthorized: Authorized;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestApiProps,
  ) {
    super(scope, id);
    const { name, options, routes } = props;
    const { endpoint, binaryMediaTypes, deployment } = options;
    this.api = new ApiGatewayRestApi(this, "Resource", {
      name,
      description: options.description,
      endpointConfiguration: {
        types: [endpoint.kind],
        ...(endpoint.kind === "PRIVATE" && endpoint.vpcEndpointIds.length > 0
          ? { vpcEndpointIds: endpoint.vpcEndpointIds }
          : {}),
      },
      ...(options.disableExecuteApiEndpoint ? { disableExecuteApiEndpoint: true } : {}),
      ...(binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes }),
    });
    this.id = this.api.id;
    this.defaultAuthorized = this.authorize("authorizer", options.authorization);
    const policy = this.policy();
    const plan = planRestApi(routes);
    const paths = new Construct(this, "path");
    const resourceIds = new Map([["/", this.api.rootResourceId]]);
    for (const { path, parent, part } of plan.resources) {
      const parentId = resourceIds.get(parent);
      if (parentId === undefined) throw new Error(`no resource ${parent} above ${path}`);
      const resource = new ApiGatewayResource(paths, resourceId(path), {
        restApiId: this.api.id,
        parentId,
        pathPart: part,
      });
      resourceIds.set(path, resource.id);
    }
    const authorized = new Map(routes.map((route) => [route, this.authorizedOf(route)]));
    const methods = plan.methods.map((method) => ({
      key: methodKey(method),
      made: this.method(paths, method, resourceIds.get(method.path), authorized.get(method.from)),
    }));
    // What the resources are made of, and not their attributes: those grow with the provider, and an API that nobody
    // changed must not deploy again.
    const definition = new TerraformLocal(this, "definition", {
      endpoint: endpoint.kind,
      binaryMediaTypes,
      methods: Object.fromEntries(methods.map(({ key, made }) => [key, made.definition])),
      ...(policy === undefined ? {} : { policy: policy.document }),
      ...(deployment.revision === undefined ? {} : { revision: deployment.revision }),
    });
    this.deploymentId = new ApiGatewayDeployment(this, "deployment", {
      restApiId: this.api.id,
      description: deployment.description,
      triggers: { definition: Fn.sha1(Fn.jsonencode(definition.asAnyMap)) },
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [...methods.flatMap(({ made }) => made.parts), ...(policy === undefined ? [] : [policy.made])],
    }).id;
  }

  private policy(): { readonly document: PolicyDocument; readonly made: ITerraformDependable } | undefined {
    const { options, vpcId, userArn } = this.props;
    const calls = `${this.api.executionArn}/${options.stage.name}/*`;
    const document = resourcePolicy({ options, calls, userArn, vpcId });
    if (document === undefined) return undefined;
    const made = new ApiGatewayRestApiPolicy(this, "policy", { restApiId: this.api.id, policy: policyJson(document) });
    return { document, made };
  }

  private authorize(id: string, authorization: Parameters<typeof authorizeRestApi>[3]): Authorized {
    return authorizeRestApi(this, id, { restApiId: this.api.id, name: `${this.props.name}-${id}` }, authorization);
  }

  private authorizedOf({ workload, route }: PlannedRoute): Authorized {
    if (route.authorization === undefined) return this.defaultAuthorized;
    const id = ["authorizer", workload, ...(route.name === undefined ? [] : [route.name])].join("_");
    return this.authorize(id, route.authorization);
  }

  private method(
    scope: Construct,
    method: PlannedMethod<PlannedRoute>,
    resource: string | undefined,
    authorized: Authorized | undefined,
  ): RestMethod {
    if (resource === undefined) throw new Error(`no resource ${method.path}`);
    const { options, way } = this.props;
    return new RestMethod(scope, `${resourceId(method.path)}_${method.httpMethod}`, {
      restApiId: this.api.id,
      resourceId: resource,
      path: method.path,
      httpMethod: method.httpMethod,
      authorized: authorized ?? this.defaultAuthorized,
      apiKeyRequired: method.from.route.apiKeyRequired ?? options.usagePlan !== undefined,
      integration: restIntegration(method, way, options.vpcLink),
    });
  }
}
