import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Authorized } from "./authorizer";
import { isGreedy } from "./plan";
import type { RestIntegration } from "./rest-integration";

export interface RestMethodProps {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly authorized: Authorized;
  readonly apiKeyRequired: boolean;
  readonly integration: RestIntegration;
}

/** The one answer of an integration that is no proxy: whatever the backend sent, as it is. */
const passedOn = {
  statusCode: "200",
  method: { responseModels: { "application/json": "Empty" } },
  integration: { responseTemplates: { "application/json": "" } },
};

/** One method of a REST API with what answers it. */
export class RestMethod extends Construct {
  /** Everything that a deployment must come after. */
  readonly parts: readonly ITerraformDependable[];
  /** All that the method and its integration are made of; strings may hold references. */
  readonly definition: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, props: RestMethodProps) {
    super(scope, id);
    const { restApiId, resourceId, httpMethod, authorized, integration } = props;
    const method = {
      authorization: authorized.type,
      ...(authorized.authorizerId === undefined ? {} : { authorizerId: authorized.authorizerId }),
      ...(authorized.scopes === undefined ? {} : { authorizationScopes: authorized.scopes }),
      apiKeyRequired: props.apiKeyRequired,
      ...(isGreedy(props.path) ? { requestParameters: { "method.request.path.proxy": true } } : {}),
    };
    const responses = integration.type === "HTTP" ? [passedOn] : [];
    const place = { restApiId, resourceId };
    const madeMethod = new ApiGatewayMethod(this, "Resource", { ...place, httpMethod, ...method });
    const of = { ...place, httpMethod: madeMethod.httpMethod };
    const madeIntegration = new ApiGatewayIntegration(this, "integration", { ...of, ...integration });
    const madeResponses = responses.flatMap(({ statusCode, ...response }) => {
      const methodResponse = new ApiGatewayMethodResponse(this, `response_${statusCode}`, {
        ...of,
        statusCode,
        ...response.method,
      });
      const integrationResponse = new ApiGatewayIntegrationResponse(this, `integration-response_${statusCode}`, {
        ...of,
        statusCode,
        ...response.integration,
        dependsOn: [madeIntegration, methodResponse],
      });
      return [methodResponse, integrationResponse];
    });
    this.parts = [madeMethod, madeIntegration, ...madeResponses];
    const { userPoolArns } = authorized;
    this.definition = {
      resourceId,
      method,
      integration,
      responses,
      ...(userPoolArns === undefined ? {} : { userPoolArns }),
    };
  }
}
