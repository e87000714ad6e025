import { describe, expect, it } from "vitest";
import seeds from "../../examples/seeds";
import { synthStacks } from "../support/environments";
import { type Arguments, resource, resources } from "../support/synth";

const { apps } = synthStacks(seeds);
const apiId = "${aws_api_gateway_rest_api.api_demo.id}";

function only(type: string): Arguments {
  const [found, ...more] = resources(apps, type).filter((block) => block["rest_api_id"] === apiId);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

describe("seed 003, API Gateway before a public host", () => {
  it("003.6 a REST API called demo with one resource, health, below the root", () => {
    expect(resource(apps, "aws_api_gateway_rest_api", "api_demo")["name"]).toBe("demo");
    expect(only("aws_api_gateway_resource")).toMatchObject({
      path_part: "health",
      parent_id: "${aws_api_gateway_rest_api.api_demo.root_resource_id}",
    });
  });

  it("003.7 one method, GET, that nobody has to sign", () => {
    expect(only("aws_api_gateway_method")).toMatchObject({
      http_method: "GET",
      authorization: "NONE",
      resource_id: "${aws_api_gateway_resource.api_demo_path_health.id}",
    });
  });

  it("003.8 an HTTP integration with the public host, by the host's own scheme", () => {
    expect(only("aws_api_gateway_integration")).toMatchObject({
      type: "HTTP",
      integration_http_method: "GET",
      uri: "http://demo.callmeradical.com/health",
      passthrough_behavior: "WHEN_NO_MATCH",
    });
  });

  it("003.9 the method's response comes first, then the integration's, after both", () => {
    expect(only("aws_api_gateway_method_response")).toMatchObject({
      status_code: "200",
      response_models: { "application/json": "Empty" },
    });
    const response = only("aws_api_gateway_integration_response");
    expect(response).toMatchObject({ status_code: "200", response_templates: { "application/json": "" } });
    expect(response["depends_on"]).toEqual([
      "aws_api_gateway_integration.api_demo_path_health_GET_integration",
      "aws_api_gateway_method_response.api_demo_path_health_GET_response_200",
    ]);
  });

  it("003.10 the first deployment, after the responses, and the stage v1", () => {
    const deployment = only("aws_api_gateway_deployment");
    expect(deployment).toMatchObject({
      description: "first deployment",
      triggers: { definition: "${sha1(jsonencode(local.api_demo_definition))}" },
      lifecycle: { create_before_destroy: true },
    });
    expect(deployment).not.toHaveProperty("stage_name");
    expect(deployment["depends_on"]).toContain(
      "aws_api_gateway_integration_response.api_demo_path_health_GET_integration-response_200",
    );
    expect(only("aws_api_gateway_stage")).toMatchObject({ stage_name: "v1", description: "v1 of our api" });
  });

  it("003.12 an output gives the address with the path", () => {
    expect(apps.output["invoke_urls"]?.value).toMatchObject({
      "demo/health": "${aws_api_gateway_stage.api_demo_stage.invoke_url}/health",
    });
  });

  it("003.13 no VPC link is involved, so the API could stand in another account", () => {
    expect(only("aws_api_gateway_integration")).not.toHaveProperty("connection_type");
    for (const link of resources(apps, "aws_api_gateway_vpc_link")) expect(link["name"]).not.toBe("demo");
    expect(Object.keys(apps.resource["aws_lb"] ?? {})).not.toContain("api_demo_load-balancer");
  });
});
