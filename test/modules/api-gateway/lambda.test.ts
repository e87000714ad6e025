import { describe, expect, it } from "vitest";
import { resources } from "../../support/synth";
import { documentOf, methodsOf } from "./document";
import { appsOf } from "./fixtures";

const functionArn = "arn:aws:lambda:us-west-2:123456789012:function:authorizer";
const uri = `arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const authorization = { kind: "LAMBDA", functionArn } as const;

describe("a Lambda authorizer", () => {
  it("of a REST API is asked by the headers that it names, once for the same values in five minutes", () => {
    const apps = appsOf({
      kind: "rest",
      authorization: { ...authorization, identityHeaders: ["X-Token", "X-Tenant"] },
    });
    expect(documentOf(apps).components.securitySchemes["store-authorizer"]).toMatchObject({
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        authorizerUri: uri,
        identitySource: "method.request.header.X-Token, method.request.header.X-Tenant",
        authorizerResultTtlInSeconds: 300,
      },
    });
    for (const { security } of methodsOf(apps)) expect(security).toEqual([{ "store-authorizer": [] }]);
  });

  it("of an HTTP API answers whether, in the second format", () => {
    const apps = appsOf({ kind: "http", authorization: { ...authorization, keptSeconds: 0 } });
    expect(resources(apps, "aws_apigatewayv2_authorizer")).toMatchObject([
      {
        authorizer_type: "REQUEST",
        authorizer_uri: uri,
        authorizer_payload_format_version: "2.0",
        enable_simple_responses: true,
        identity_sources: ["$request.header.Authorization"],
        authorizer_result_ttl_in_seconds: 0,
      },
    ]);
    for (const route of resources(apps, "aws_apigatewayv2_route")) expect(route["authorization_type"]).toBe("CUSTOM");
  });

  it.each(["rest", "http"] as const)("of an API of kind %s may be invoked by this API's authorizers alone", (kind) => {
    const type = kind === "rest" ? "aws_api_gateway_rest_api" : "aws_apigatewayv2_api";
    expect(resources(appsOf({ kind, authorization }), "aws_lambda_permission")).toMatchObject([
      {
        function_name: functionArn,
        principal: "apigateway.amazonaws.com",
        source_arn: `\${${type}.api_store.execution_arn}/authorizers/*`,
      },
    ]);
    expect(resources(appsOf({ kind }), "aws_lambda_permission")).toEqual([]);
  });
});
