import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/aws/apigateway/documents";
import { patchedFields } from "../../src/aws/apigateway/patch";

const method = kindOf("/restapis/a/resources/r/methods/GET")?.types ?? {};
const integration = kindOf("/restapis/a/resources/r/methods/GET/integration")?.types ?? {};
const api = kindOf("/restapis/a")?.types ?? {};

describe("a patch of API Gateway", () => {
  it("turns the text of a boolean and of a number into one", () => {
    expect(patchedFields({}, [{ op: "replace", path: "/apiKeyRequired", value: "false" }], method)).toEqual({
      apiKeyRequired: false,
    });
    expect(patchedFields({}, [{ op: "replace", path: "/timeoutInMillis", value: "5000" }], integration)).toEqual({
      timeoutInMillis: 5000,
    });
  });

  it("adds to a map, takes from it and replaces in it by the pointer's end", () => {
    const before = { requestTemplates: { "application/json": "{}", "text/plain": "x" } };
    const operations = [
      { op: "replace", path: "/requestTemplates/application~1json", value: "new" },
      { op: "remove", path: "/requestTemplates/text~1plain" },
      { op: "add", path: "/requestTemplates/text~1html", value: "<p>" },
    ];
    expect(patchedFields(before, operations, integration)).toEqual({
      requestTemplates: { "application/json": "new", "text/html": "<p>" },
    });
  });

  it("keeps required request parameters booleans", () => {
    const operations = [{ op: "add", path: "/requestParameters/method.request.path.id", value: "true" }];
    expect(patchedFields({}, operations, method)).toEqual({
      requestParameters: { "method.request.path.id": true },
    });
  });

  it("takes members of a list from the pointer or from the value", () => {
    expect(
      patchedFields({ authorizationScopes: ["a"] }, [{ op: "add", path: "/authorizationScopes", value: "b" }], method),
    ).toEqual({ authorizationScopes: ["a", "b"] });
    expect(
      patchedFields({ binaryMediaTypes: ["image/png"] }, [{ op: "remove", path: "/binaryMediaTypes/image~1png" }], api),
    ).toEqual({ binaryMediaTypes: [] });
  });

  it("replaces the endpoint's one type", () => {
    const operations = [{ op: "replace", path: "/endpointConfiguration/types/EDGE", value: "REGIONAL" }];
    expect(patchedFields({ endpointConfiguration: { types: ["EDGE"] } }, operations, api)).toEqual({
      endpointConfiguration: { types: ["REGIONAL"] },
    });
  });

  it("names a field that is removed with null, and leaves the others out", () => {
    expect(
      patchedFields({ uri: "x", credentials: "y" }, [{ op: "remove", path: "/credentials" }], integration),
    ).toEqual({
      credentials: null,
    });
  });
});
