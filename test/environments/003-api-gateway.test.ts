import { describe, expect, it } from "vitest";
import seeds from "../../examples/seeds";
import { documentOf, methodsOf } from "../modules/api-gateway/document";
import { synthStacks } from "../support/environments";
import { type Arguments, resource, resources } from "../support/synth";

const { apps } = synthStacks(seeds);
const methods = methodsOf(apps, "api_demo");
const apiId = "${aws_api_gateway_rest_api.api_demo.id}";

function only(type: string): Arguments {
  const [found, ...more] = resources(apps, type).filter((block) => block["rest_api_id"] === apiId);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

describe("seed 003, API Gateway before a public host", () => {
  it("003.6 a REST API called demo with one resource, health, below the root", () => {
    expect(resource(apps, "aws_api_gateway_rest_api", "api_demo")["name"]).toBe("demo");
    expect(Object.keys(documentOf(apps, "api_demo").paths)).toEqual(["/health"]);
  });

  it("003.7 one method, GET, that nobody has to sign", () => {
    expect(methods).toMatchObject([{ httpMethod: "GET", path: "/health", security: [] }]);
  });

  it("003.8 an HTTP integration with the public host, by the host's own scheme", () => {
    expect(methods[0]?.integration).toMatchObject({
      type: "http",
      httpMethod: "GET",
      uri: "http://demo.callmeradical.com/health",
      passthroughBehavior: "when_no_match",
    });
  });

  it("003.9 the method's response and the integration's come with the method, in one document", () => {
    expect(methods[0]?.responses).toMatchObject({
      "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Empty" } } } },
    });
    expect(methods[0]?.integration["responses"]).toEqual({
      default: { statusCode: "200", responseTemplates: { "application/json": "" } },
    });
  });

  it("003.10 the first deployment, after the document, and the stage v1", () => {
    const deployment = only("aws_api_gateway_deployment");
    expect(deployment).toMatchObject({
      description: "first deployment",
      triggers: { definition: "${sha1(jsonencode(local.api_demo_definition))}" },
      lifecycle: { create_before_destroy: true },
    });
    expect(deployment).not.toHaveProperty("stage_name");
    expect(deployment["depends_on"]).toEqual(["aws_api_gateway_rest_api.api_demo"]);
    expect(only("aws_api_gateway_stage")).toMatchObject({ stage_name: "v1", description: "v1 of our api" });
  });

  it("003.12 an output gives the address with the path", () => {
    expect(apps.output["invoke_urls"]?.value).toMatchObject({
      "demo/health": "${aws_api_gateway_stage.api_demo_stage.invoke_url}/health",
    });
  });

  it("003.13 no VPC link is involved, so the API could stand in another account", () => {
    expect(methods[0]?.integration).not.toHaveProperty("connectionType");
    for (const link of resources(apps, "aws_api_gateway_vpc_link")) expect(link["name"]).not.toBe("demo");
    expect(Object.keys(apps.resource["aws_lb"] ?? {})).not.toContain("api_demo_load-balancer");
  });
});
