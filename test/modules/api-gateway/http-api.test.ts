import { describe, expect, it } from "vitest";
import { type Arguments, resource, resources, type TerraformJson } from "../../support/synth";
import { appsOf } from "./fixtures";

const reason = "A test says so, and nobody else.";
const issuer = "https://issuer.example.com";

function only(json: TerraformJson, type: string): Arguments {
  const [found, ...more] = resources(json, type);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

describe("an HTTP API", () => {
  it("has a route for a path and one for everything below it, each with its integration", () => {
    const apps = appsOf({ kind: "http" });
    expect(resources(apps, "aws_apigatewayv2_route").map((route) => [route["route_key"], route["target"]])).toEqual([
      ["ANY /shop", "integrations/${aws_apigatewayv2_integration.api_store_path_shop_ANY_integration.id}"],
      [
        "ANY /shop/{proxy+}",
        "integrations/${aws_apigatewayv2_integration.api_store_path_shop_proxy_ANY_integration.id}",
      ],
    ]);
  });

  it("has one route for an exact match", () => {
    const apps = appsOf({ kind: "http" }, [{ path: "/status", match: { kind: "exact", method: "GET" } }]);
    expect(only(apps, "aws_apigatewayv2_route")["route_key"]).toBe("GET /status");
    expect(only(apps, "aws_apigatewayv2_integration")["integration_method"]).toBe("GET");
  });

  it("leads through its link to the listener of the workload", () => {
    const apps = appsOf({ kind: "http" });
    for (const integration of resources(apps, "aws_apigatewayv2_integration")) {
      expect(integration).toMatchObject({
        integration_type: "HTTP_PROXY",
        connection_type: "VPC_LINK",
        connection_id: "${aws_apigatewayv2_vpc_link.api_store_vpc-link.id}",
        integration_uri: "${aws_lb_listener.api_store_load-balancer_listener_80.arn}",
        timeout_milliseconds: 30000,
      });
    }
    expect(only(apps, "aws_apigatewayv2_vpc_link")).toMatchObject({
      subnet_ids: "${data.terraform_remote_state.cluster.outputs.private_subnet_ids}",
      security_group_ids: ["${aws_security_group.api_store_vpc-link_security-group.id}"],
    });
    expect(only(apps, "aws_lb")).not.toHaveProperty("enforce_security_group_inbound_rules_on_private_link_traffic");
  });

  it.each(["$default", "live"])("sends the path without the stage, on stage %s too", (name) => {
    const apps = appsOf({ kind: "http", stage: { name } });
    for (const integration of resources(apps, "aws_apigatewayv2_integration")) {
      expect(integration["request_parameters"]).toEqual({ "overwrite:path": "$request.path" });
    }
  });

  it("needs no floor above the oldest AWS provider", () => {
    expect(appsOf({ kind: "http" }).terraform["required_providers"]).toMatchObject({
      aws: { version: ">= 5.100.0, < 7.0.0" },
    });
  });

  it("lets IAM decide who may call unless the environment says otherwise", () => {
    const types = (options: object) =>
      resources(appsOf({ kind: "http", ...options }), "aws_apigatewayv2_route").map(
        (route) => route["authorization_type"],
      );
    expect(types({})).toEqual(["AWS_IAM", "AWS_IAM"]);
    expect(types({ authorization: { kind: "NONE", reason } })).toEqual(["NONE", "NONE"]);
  });

  it("takes tokens of an issuer, for its audience and scopes", () => {
    const apps = appsOf({
      kind: "http",
      authorization: { kind: "JWT", issuer, audience: ["shop"], scopes: ["shop/read"] },
    });
    expect(only(apps, "aws_apigatewayv2_authorizer")).toMatchObject({
      authorizer_type: "JWT",
      identity_sources: ["$request.header.Authorization"],
      jwt_configuration: { issuer, audience: ["shop"] },
    });
    for (const route of resources(apps, "aws_apigatewayv2_route")) {
      expect(route).toMatchObject({
        authorization_type: "JWT",
        authorizer_id: "${aws_apigatewayv2_authorizer.api_store_authorizer.id}",
        authorization_scopes: ["shop/read"],
      });
    }
  });

  it("has routes that differ from it", () => {
    const apps = appsOf({ kind: "http" }, [
      { match: { kind: "exact", method: "GET" }, authorization: { kind: "NONE", reason } },
      {
        name: "orders",
        path: "/orders",
        match: { kind: "exact", method: "POST" },
        authorization: { kind: "JWT", issuer, audience: ["orders"] },
      },
      { name: "carts", path: "/carts", match: { kind: "exact", method: "POST" } },
    ]);
    const type = (id: string) => resource(apps, "aws_apigatewayv2_route", `api_store_path_${id}`)["authorization_type"];
    expect([type("shop_GET"), type("orders_POST"), type("carts_POST")]).toEqual(["NONE", "JWT", "AWS_IAM"]);
  });

  it("deploys itself to $default, or to a stage that is a part of the address", () => {
    const apps = appsOf({ kind: "http" });
    expect(only(apps, "aws_apigatewayv2_stage")).toMatchObject({ name: "$default", auto_deploy: true });
    expect(apps.output["invoke_urls"]?.value).toEqual({
      store: "${aws_apigatewayv2_api.api_store.api_endpoint}",
      "store/shop": "${aws_apigatewayv2_api.api_store.api_endpoint}/shop",
    });
    expect(appsOf({ kind: "http", stage: { name: "live" } }).output["invoke_urls"]?.value).toMatchObject({
      "store/shop": "${aws_apigatewayv2_api.api_store.api_endpoint}/live/shop",
    });
  });

  it("logs one JSON object a call, unless the environment gives a reason", () => {
    const apps = appsOf({ kind: "http" });
    const settings = only(apps, "aws_apigatewayv2_stage")["access_log_settings"] as Arguments;
    expect(JSON.parse(String(settings["format"]))).toMatchObject({ routeKey: "$context.routeKey" });
    expect(only(apps, "aws_cloudwatch_log_group")["retention_in_days"]).toBe(90);
    const silent = appsOf({ kind: "http", accessLogs: { kind: "off", reason } });
    expect(only(silent, "aws_apigatewayv2_stage")).not.toHaveProperty("access_log_settings");
    expect(resources(silent, "aws_cloudwatch_log_group")).toEqual([]);
  });

  it("is limited and measured for every route", () => {
    expect(
      only(appsOf({ kind: "http", detailedMetrics: false }), "aws_apigatewayv2_stage")["default_route_settings"],
    ).toEqual({
      detailed_metrics_enabled: false,
      throttling_rate_limit: 1000,
      throttling_burst_limit: 500,
    });
  });

  it("answers browsers of other origins only where it says so", () => {
    expect(only(appsOf({ kind: "http" }), "aws_apigatewayv2_api")).not.toHaveProperty("cors_configuration");
    const cors = { allowOrigins: ["https://shop.example.com"], allowHeaders: ["content-type"], allowCredentials: true };
    expect(only(appsOf({ kind: "http", cors }), "aws_apigatewayv2_api")["cors_configuration"]).toEqual({
      allow_origins: ["https://shop.example.com"],
      allow_methods: ["GET", "HEAD", "OPTIONS"],
      allow_headers: ["content-type"],
      allow_credentials: true,
      max_age: 300,
    });
  });

  it("has a custom domain with its alias record", () => {
    const customDomain = {
      name: "api.example.com",
      certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555",
      zone: "example.com",
    };
    const apps = appsOf({ kind: "http", customDomain, disableExecuteApiEndpoint: true }, [{}], {
      dns: { zones: { "example.com": { kind: "create" } } },
    });
    expect(only(apps, "aws_apigatewayv2_domain_name")["domain_name_configuration"]).toMatchObject({
      endpoint_type: "REGIONAL",
      security_policy: "TLS_1_2",
    });
    expect(only(apps, "aws_route53_record")["alias"]).toMatchObject({
      name: "${aws_apigatewayv2_domain_name.api_store_domain.domain_name_configuration[0].target_domain_name}",
    });
    expect(only(apps, "aws_apigatewayv2_api")["disable_execute_api_endpoint"]).toBe(true);
    expect(apps.output["invoke_urls"]?.value).toMatchObject({ "store/shop": "https://api.example.com/shop" });
  });

  it("calls a public host by HTTPS and makes no link for it", () => {
    const apps = appsOf({ kind: "http" }, [{ integration: { kind: "public-host", host: "shop.example.com" } }]);
    expect(resources(apps, "aws_apigatewayv2_integration").map(({ integration_uri }) => integration_uri)).toEqual([
      "https://shop.example.com/shop",
      "https://shop.example.com/shop/{proxy}",
    ]);
    for (const type of ["aws_lb", "aws_apigatewayv2_vpc_link", "aws_security_group"])
      expect(resources(apps, type)).toEqual([]);
  });
});
