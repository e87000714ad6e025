import { describe, expect, it } from "vitest";
import type { PolicyJson } from "../../support/json";
import { type Arguments, resource, resources, type TerraformJson } from "../../support/synth";
import { documentOf, methodOf, methodsOf } from "./document";
import { type AppsJson, appsOf, appsStack, withApi } from "./fixtures";

const reason = "A test says so, and nobody else.";
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-4333-8444-555555555555`;
const zones = { "example.com": { kind: "create" } } as const;

function only(json: TerraformJson, type: string): Arguments {
  const [found, ...more] = resources(json, type);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

/** Statements of the resource policy; undefined where there is none. */
function statements(json: TerraformJson): PolicyJson["Statement"] | undefined {
  const policy = documentOf(json)["x-amazon-apigateway-policy"] as PolicyJson | undefined;
  return policy?.Statement;
}

/** Schemes that callers of each method have to show, all of them. */
function schemes(json: TerraformJson): readonly (readonly string[])[] {
  return methodsOf(json).map(({ security }) => security.flatMap((all) => Object.keys(all)));
}

function definition(json: AppsJson): unknown {
  return json.locals?.["api_store_definition"];
}

describe("who may call a REST API", () => {
  it("callers sign with AWS credentials unless the environment says otherwise", () => {
    const apps = appsOf({ kind: "rest" });
    expect(schemes(apps)).toEqual([["sigv4"], ["sigv4"]]);
    expect(documentOf(apps).components.securitySchemes).toEqual({
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    });
  });

  it("without signing where the environment gives a reason", () => {
    expect(schemes(appsOf({ kind: "rest", authorization: { kind: "NONE", reason } }))).toEqual([[], []]);
  });

  it("a Cognito authorizer stands before every method", () => {
    const userPoolArns = ["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi"];
    const apps = appsOf({
      kind: "rest",
      authorization: { kind: "COGNITO_USER_POOLS", userPoolArns, scopes: ["shop/read"] },
    });
    expect(documentOf(apps).components.securitySchemes).toEqual({
      "store-authorizer": {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: userPoolArns },
      },
    });
    for (const { security } of methodsOf(apps)) expect(security).toEqual([{ "store-authorizer": ["shop/read"] }]);
    expect(JSON.stringify(definition(apps))).toContain(userPoolArns[0]);
  });

  it("a route can differ from its API", () => {
    const apps = appsOf({ kind: "rest" }, [
      {},
      {
        name: "status",
        path: "/status",
        match: { kind: "exact", method: "GET" },
        authorization: { kind: "NONE", reason },
      },
    ]);
    expect(methodOf(apps, "/status", "GET").security).toEqual([]);
    expect(methodOf(apps, "/shop").security).toEqual([{ sigv4: [] }]);
  });

  it("no client named: no resource policy, so IAM alone decides", () => {
    expect(statements(appsOf({ kind: "rest" }))).toBeUndefined();
  });

  it("named clients and no others, on the calls of this stage alone", () => {
    const apps = appsOf(
      { kind: "rest", clientArns: ["arn:aws:iam::210987654321:role/partner"], clientUsers: ["caller"] },
      [{}],
      { identity: { users: { caller: {} } } },
    );
    expect(statements(apps)).toEqual([
      {
        Effect: "Allow",
        Principal: {
          AWS: [
            "arn:aws:iam::210987654321:role/partner",
            "${data.terraform_remote_state.identity.outputs.user_arns.caller}",
          ],
        },
        Action: "execute-api:Invoke",
        Resource: "execute-api:/prod/*",
      },
    ]);
  });

  it("a private API is refused from everywhere but its endpoints", () => {
    const apps = appsOf({ kind: "rest", endpoint: { kind: "PRIVATE", vpcEndpointIds: ["vpce-0123456789abcdef0"] } });
    expect(only(apps, "aws_api_gateway_rest_api")["endpoint_configuration"]).toEqual({
      types: ["PRIVATE"],
      vpc_endpoint_ids: ["vpce-0123456789abcdef0"],
    });
    expect(statements(apps)?.[1]).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0"] } },
    });
  });

  it("a private API without endpoints of its own is the VPC's", () => {
    const apps = appsOf({ kind: "rest", endpoint: { kind: "PRIVATE" } }, [{}], {
      network: { kind: "create", interfaceEndpoints: ["execute-api"] },
    });
    expect(statements(apps)?.[1]?.Condition).toEqual({
      StringNotEquals: { "aws:SourceVpc": "${data.terraform_remote_state.cluster.outputs.vpc_id}" },
    });
  });

  it("any other API is open to no VPC endpoint in particular", () => {
    const apps = appsOf({ kind: "rest", endpoint: { kind: "REGIONAL" } });
    expect(only(apps, "aws_api_gateway_rest_api")["endpoint_configuration"]).toEqual({ types: ["REGIONAL"] });
  });

  it("an API key is asked for exactly where there is a usage plan", () => {
    const keyed = appsOf({ kind: "rest", usagePlan: {} });
    expect(schemes(appsOf({ kind: "rest" }))).toEqual([["sigv4"], ["sigv4"]]);
    expect(schemes(keyed)).toEqual([
      ["sigv4", "api_key"],
      ["sigv4", "api_key"],
    ]);
    expect(documentOf(keyed).components.securitySchemes["api_key"]).toEqual({
      type: "apiKey",
      name: "x-api-key",
      in: "header",
    });
  });

  it("a caller has to sign and to have a key, not one of the two", () => {
    for (const { security } of methodsOf(appsOf({ kind: "rest", usagePlan: {} }))) expect(security).toHaveLength(1);
  });

  it("the name of API Gateway's own is refused only on request", () => {
    const customDomain = { name: "api.example.com", certificateArn: certificate("us-west-2"), zone: "example.com" };
    const api = (options: object) =>
      only(appsOf({ kind: "rest", customDomain, ...options }, [{}], { dns: { zones } }), "aws_api_gateway_rest_api");
    expect(api({})).not.toHaveProperty("disable_execute_api_endpoint");
    expect(api({ disableExecuteApiEndpoint: true })["disable_execute_api_endpoint"]).toBe(true);
  });
});

describe("keys of a usage plan", () => {
  it("are made outside by default, so that no value of a key is in the state", () => {
    const apps = appsOf({
      kind: "rest",
      usagePlan: { quota: { limit: 1000, period: "DAY" }, throttling: { rateLimit: 10, burstLimit: 5 } },
    });
    expect(resources(apps, "aws_api_gateway_api_key")).toEqual([]);
    expect(resources(apps, "aws_api_gateway_usage_plan_key")).toEqual([]);
    expect(only(apps, "aws_api_gateway_usage_plan")).toMatchObject({
      api_stages: [
        {
          api_id: "${aws_api_gateway_rest_api.api_store.id}",
          stage: "${aws_api_gateway_stage.api_store_stage.stage_name}",
        },
      ],
      quota_settings: { limit: 1000, period: "DAY" },
      throttle_settings: { rate_limit: 10, burst_limit: 5 },
    });
    expect(apps.output["usage_plan_ids"]?.value).toEqual({
      store: "${aws_api_gateway_usage_plan.api_store_usage-plan.id}",
    });
  });

  it("are made here where the environment says so, and no output has their value", () => {
    const apps = appsOf({ kind: "rest", usagePlan: { keys: { kind: "in-state", names: ["partner"], reason } } });
    expect(only(apps, "aws_api_gateway_api_key")).toEqual({ name: "dev-store-partner" });
    expect(only(apps, "aws_api_gateway_usage_plan_key")).toMatchObject({ key_type: "API_KEY" });
    expect(JSON.stringify(apps.output)).not.toContain("api_key");
  });
});

describe("the way of a REST API into the VPC", () => {
  it("a link V1 leads to an internal load balancer that nobody in the VPC can call", () => {
    const apps = appsOf({ kind: "rest" });
    expect(only(apps, "aws_lb")).toMatchObject({
      load_balancer_type: "network",
      internal: true,
      enforce_security_group_inbound_rules_on_private_link_traffic: "off",
    });
    expect(resources(apps, "aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(only(apps, "aws_api_gateway_vpc_link")["target_arns"]).toEqual(["${aws_lb.api_store_load-balancer.arn}"]);
    expect(resources(apps, "aws_apigatewayv2_vpc_link")).toEqual([]);
  });

  it("a link V1 takes the whole address from the uri, so the stage is not in the path and nothing overrides it", () => {
    for (const { integration } of methodsOf(appsOf({ kind: "rest" }))) {
      expect(integration["uri"]).toMatch(
        /^http:\/\/\$\{aws_lb\.api_store_load-balancer\.dns_name\}\/shop(\/\{proxy\})?$/,
      );
      expect(integration).not.toHaveProperty("requestTemplates");
      expect(integration).not.toHaveProperty("integrationTarget");
      expect(integration["passthroughBehavior"]).toBe("when_no_match");
    }
  });

  it("a link V2 would send the stage in the path, so each content type's template overrides the path", () => {
    const apps = appsOf({ kind: "rest", vpcLink: { kind: "v2", contentTypes: ["application/json", "text/plain"] } });
    const overridden = methodOf(apps, "/shop").integration;
    expect(overridden).toMatchObject({
      integrationTarget: "${aws_lb.api_store_load-balancer.arn}",
      connectionId: "${aws_apigatewayv2_vpc_link.api_store_vpc-link.id}",
      passthroughBehavior: "never",
    });
    const template = '#set($path = "/shop")\n#set($context.requestOverride.path = $path)\n$input.body';
    expect(overridden["requestTemplates"]).toEqual({ "application/json": template, "text/plain": template });
    const below = methodOf(apps, "/shop/{proxy+}").integration;
    expect(below["requestTemplates"]).toMatchObject({
      "application/json": expect.stringContaining("#set($path = \"/shop/$input.params('proxy')\")"),
    });
    expect(JSON.stringify(below["requestTemplates"])).not.toContain("/prod");
  });

  it("the template of the whole API has one slash in front", () => {
    const apps = appsOf({ kind: "rest", vpcLink: { kind: "v2" } }, [{ path: "/" }]);
    expect(JSON.stringify(methodOf(apps, "/{proxy+}").integration)).toContain(
      "#set($path = \\\"/$input.params('proxy')\\\")",
    );
  });

  it("a link V2 opens the load balancer to its own interfaces alone", () => {
    const apps = appsOf({ kind: "rest", vpcLink: { kind: "v2" } });
    expect(only(apps, "aws_vpc_security_group_ingress_rule")).toMatchObject({
      security_group_id: "${aws_security_group.api_store_load-balancer_security-group.id}",
      referenced_security_group_id: "${aws_security_group.api_store_vpc-link_security-group.id}",
      from_port: 80,
      to_port: 80,
    });
    expect(resources(apps, "aws_api_gateway_vpc_link")).toEqual([]);
  });

  it("a link V2 raises the AWS provider's floor, a link V1 does not", () => {
    const floor = (kind: "v1" | "v2") => appsOf({ kind: "rest", vpcLink: { kind } }).terraform["required_providers"];
    expect(floor("v1")).toMatchObject({ aws: { version: ">= 5.100.0, < 7.0.0" } });
    expect(floor("v2")).toMatchObject({ aws: { version: ">= 6.25.0, < 7.0.0" } });
  });

  it("a route to a public host needs no way into the VPC", () => {
    const apps = appsOf({ kind: "rest" }, [{ integration: { kind: "public-host", host: "shop.example.com" } }]);
    for (const type of ["aws_lb", "aws_api_gateway_vpc_link", "aws_security_group", "aws_lb_target_group"]) {
      expect(resources(apps, type)).toEqual([]);
    }
    expect(methodsOf(apps).map(({ integration: { uri, type } }) => [type, uri])).toEqual([
      ["http_proxy", "https://shop.example.com/shop"],
      ["http_proxy", "https://shop.example.com/shop/{proxy}"],
    ]);
  });

  it("a public host is called by HTTP only where the environment gives a reason", () => {
    const integration = { kind: "public-host", host: "shop.example.com", tls: { kind: "off", reason } } as const;
    const [first] = methodsOf(appsOf({ kind: "rest" }, [{ integration }]));
    expect(first?.integration["uri"]).toBe("http://shop.example.com/shop");
  });
});

describe("the deployment of a REST API", () => {
  const base = { kind: "rest" } as const;
  const triggers = (json: TerraformJson) => only(json, "aws_api_gateway_deployment")["triggers"];

  it("goes by the whole definition, comes after it, and stands before the old one goes", () => {
    const apps = appsOf({ ...base, clientArns: ["arn:aws:iam::123456789012:role/caller"] });
    const deployment = only(apps, "aws_api_gateway_deployment");
    expect(deployment["triggers"]).toEqual({ definition: "${sha1(jsonencode(local.api_store_definition))}" });
    expect(deployment["lifecycle"]).toEqual({ create_before_destroy: true });
    expect(deployment).not.toHaveProperty("stage_name");
    expect(deployment["depends_on"]).toEqual(["aws_api_gateway_rest_api.api_store"]);
  });

  it("has no method beside the document, which replaces all that the API was, so that none outlives its route", () => {
    const apps = appsOf(base, [{}, { name: "status", path: "/status", match: { kind: "exact", method: "GET" } }]);
    expect(only(apps, "aws_api_gateway_rest_api")["put_rest_api_mode"]).toBe("overwrite");
    for (const type of ["method", "resource", "integration", "authorizer", "rest_api_policy"])
      expect(resources(apps, `aws_api_gateway_${type}`)).toEqual([]);
    expect(methodsOf(apps).map(({ httpMethod, path }) => `${httpMethod} ${path}`)).toEqual([
      "ANY /shop",
      "ANY /shop/{proxy+}",
      "GET /status",
    ]);
    expect(methodsOf(appsOf(base)).map(({ path }) => path)).not.toContain("/status");
  });

  it("says in the document what API Gateway would set back to its default with each document", () => {
    const apps = appsOf({
      ...base,
      binaryMediaTypes: ["image/png"],
      endpoint: { kind: "PRIVATE", vpcEndpointIds: ["vpce-0123456789abcdef0"] },
    });
    expect(documentOf(apps)).toMatchObject({
      "x-amazon-apigateway-binary-media-types": ["image/png"],
      "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-0123456789abcdef0"] },
    });
    expect(documentOf(appsOf(base))).not.toHaveProperty("x-amazon-apigateway-endpoint-configuration");
  });

  it("an unchanged API has an unchanged definition, word for word", () => {
    expect(definition(appsOf(base))).toEqual(definition(appsOf(base)));
    expect(triggers(appsOf(base))).toEqual(triggers(appsOf(base)));
  });

  it.each([
    ["how it is watched", { accessLogs: { kind: "off", reason } }],
    ["its limits", { throttling: { rateLimit: 5, burstLimit: 5 } }],
    ["its stage's description", { stage: { description: "of the shop" } }],
    ["tracing", { tracing: true }],
  ] as const)("%s is no part of the definition", (_what, options) => {
    expect(definition(appsOf({ ...base, ...options }))).toEqual(definition(appsOf(base)));
  });

  const changes: readonly (readonly [what: string, api: object, route: object])[] = [
    ["authorization", { authorization: { kind: "NONE", reason } }, {}],
    ["the policy", { clientArns: ["arn:aws:iam::123456789012:role/caller"] }, {}],
    ["binary types", { binaryMediaTypes: ["image/png"] }, {}],
    ["the revision", { deployment: { revision: "2" } }, {}],
    ["the VPC link", { vpcLink: { kind: "v2" } }, {}],
    ["an API key", { usagePlan: {} }, {}],
    ["the timeout of an integration", {}, { timeoutMilliseconds: 5000 }],
    ["the listener of an integration", {}, { listenerPort: 8081 }],
    ["the match", {}, { match: { kind: "exact", method: "GET" } }],
    ["the path", {}, { path: "/store" }],
    ["the kind of integration", {}, { integration: { kind: "public-host", host: "shop.example.com" } }],
  ];
  it.each(changes)("%s is a part of the definition", (_what, api, route) => {
    expect(definition(appsOf({ ...base, ...api }, [route]))).not.toEqual(definition(appsOf(base)));
  });

  it("a change of a response is a part of the definition too", () => {
    const host = { kind: "public-host", host: "shop.example.com" } as const;
    const match = { kind: "exact", method: "GET" } as const;
    const of = (type: "HTTP" | "HTTP_PROXY") => appsOf(base, [{ match, integration: { ...host, type } }]);
    expect(JSON.stringify(definition(of("HTTP")))).toContain("responseTemplates");
    expect(JSON.stringify(definition(of("HTTP_PROXY")))).not.toContain("responseTemplates");
  });
});

describe("the stage of a REST API", () => {
  it("writes one JSON object a call, kept for 90 days", () => {
    const apps = appsOf({ kind: "rest" });
    const settings = only(apps, "aws_api_gateway_stage")["access_log_settings"] as Arguments;
    expect(JSON.parse(String(settings["format"]))).toMatchObject({
      requestId: "$context.requestId",
      status: "$context.status",
    });
    expect(resource(apps, "aws_cloudwatch_log_group", "api_store_stage_access-logs")).toEqual({
      name: "/aws/vendedlogs/apigateway/dev-store",
      retention_in_days: 90,
    });
  });

  it("writes no access log where the environment gives a reason", () => {
    const apps = appsOf({ kind: "rest", accessLogs: { kind: "off", reason } });
    expect(only(apps, "aws_api_gateway_stage")).not.toHaveProperty("access_log_settings");
  });

  it("owns the group of its execution logs, which would stay behind otherwise", () => {
    expect(resource(appsOf({ kind: "rest" }), "aws_cloudwatch_log_group", "api_store_stage_execution-logs")).toEqual({
      name: "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api_store.id}/prod",
      retention_in_days: 90,
    });
    const off = appsOf({ kind: "rest", executionLogs: "OFF", accessLogs: { kind: "off", reason } });
    expect(resources(off, "aws_cloudwatch_log_group")).toEqual([]);
  });

  it("never logs whole requests, unless the environment gives a reason", () => {
    const trace = (options: object) =>
      only(appsOf({ kind: "rest", ...options }), "aws_api_gateway_method_settings")["settings"];
    expect(trace({})).toMatchObject({ data_trace_enabled: false, logging_level: "ERROR", metrics_enabled: true });
    expect(trace({ dataTrace: { kind: "on", reason } })).toMatchObject({ data_trace_enabled: true });
  });

  it("is limited for every method", () => {
    expect(
      only(appsOf({ kind: "rest", throttling: { rateLimit: 20, burstLimit: 10 } }), "aws_api_gateway_method_settings"),
    ).toMatchObject({
      method_path: "*/*",
      settings: { throttling_rate_limit: 20, throttling_burst_limit: 10 },
    });
  });

  it("is traced on request", () => {
    expect(only(appsOf({ kind: "rest" }), "aws_api_gateway_stage")["xray_tracing_enabled"]).toBe(false);
    expect(only(appsOf({ kind: "rest", tracing: true }), "aws_api_gateway_stage")["xray_tracing_enabled"]).toBe(true);
  });

  it("has a web ACL in front on request", () => {
    const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/11111111-2222-4333-8444-555555555555";
    expect(resources(appsOf({ kind: "rest" }), "aws_wafv2_web_acl_association")).toEqual([]);
    expect(only(appsOf({ kind: "rest", webAclArn }), "aws_wafv2_web_acl_association")).toEqual({
      resource_arn: "${aws_api_gateway_stage.api_store_stage.arn}",
      web_acl_arn: webAclArn,
    });
  });

  it("waits for the account's role for logs where it is made here, and makes none by default", () => {
    expect(resources(appsOf({ kind: "rest" }), "aws_api_gateway_account")).toEqual([]);
    const apps = appsOf({ kind: "rest" }, [{}], { apiGateway: { logsRole: "create" } });
    expect(only(apps, "aws_iam_role_policy_attachment")["policy_arn"]).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    );
    for (const type of ["aws_api_gateway_stage", "aws_api_gateway_method_settings"]) {
      expect(only(apps, type)["depends_on"]).toContain("aws_api_gateway_account.api-gateway_logs-role_account");
    }
  });
});

describe("a custom domain of a REST API", () => {
  const domain = (region: string, options: object = {}) => ({
    name: "api.example.com",
    certificateArn: certificate(region),
    zone: "example.com",
    ...options,
  });

  it("of an EDGE API stands before CloudFront", () => {
    const apps = appsOf({ kind: "rest", endpoint: { kind: "EDGE" }, customDomain: domain("us-east-1") }, [{}], {
      dns: { zones },
    });
    expect(only(apps, "aws_api_gateway_domain_name")).toEqual({
      domain_name: "api.example.com",
      security_policy: "TLS_1_2",
      endpoint_configuration: { types: ["EDGE"] },
      certificate_arn: certificate("us-east-1"),
    });
    expect(only(apps, "aws_route53_record")["alias"]).toMatchObject({
      name: "${aws_api_gateway_domain_name.api_store_domain.cloudfront_domain_name}",
      zone_id: "${aws_api_gateway_domain_name.api_store_domain.cloudfront_zone_id}",
    });
  });

  it("of a regional API is the region's, and routes are reported by it", () => {
    const apps = appsOf({ kind: "rest", customDomain: domain("us-west-2", { basePath: "v2" }) }, [{}], {
      dns: { zones },
    });
    expect(only(apps, "aws_api_gateway_domain_name")).toMatchObject({
      endpoint_configuration: { types: ["REGIONAL"] },
      regional_certificate_arn: certificate("us-west-2"),
    });
    expect(only(apps, "aws_api_gateway_base_path_mapping")).toMatchObject({ base_path: "v2" });
    expect(only(apps, "aws_route53_record")).toMatchObject({
      name: "api.example.com",
      type: "A",
      zone_id: '${data.terraform_remote_state.cluster.outputs.zone_ids["example.com"]}',
      alias: { name: "${aws_api_gateway_domain_name.api_store_domain.regional_domain_name}" },
    });
    expect(apps.output["invoke_urls"]?.value).toEqual({
      store: "https://api.example.com/v2",
      "store/shop": "https://api.example.com/v2/shop",
    });
  });
});

describe("two APIs", () => {
  it("share nothing", () => {
    const environment = withApi({ kind: "rest" }, [{}, { name: "other", api: "other" }]);
    const apps = appsStack({ ...environment, apis: { store: { kind: "rest" }, other: { kind: "rest" } } });
    for (const type of ["aws_api_gateway_rest_api", "aws_lb", "aws_lb_target_group", "aws_api_gateway_vpc_link"]) {
      expect(Object.keys(apps.resource[type] ?? {})).toHaveLength(2);
    }
    const names = resources(apps, "aws_lb_target_group").map(({ name }) => name);
    expect(names).toEqual(["dev-other-shop-8080", "dev-store-shop-8080"]);
  });
});
