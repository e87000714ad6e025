import { describe, expect, it } from "vitest";
import { escapedPolicy, withDocumentsInside } from "../../src/aws/apigateway/rest-apis";
import { completed, forget, keep, type Overlays } from "../../src/aws/overlay";

describe("fields kept for a document", () => {
  it("are laid over moto's, and a null takes a field away", () => {
    const kept: Overlays = new Map();
    keep(kept, "/vpclinks/a", { name: "new", description: null });
    expect(completed(kept, "/vpclinks/a", { id: "a", name: "old", description: "x", tags: null })).toEqual({
      id: "a",
      name: "new",
      tags: null,
    });
  });

  it("are forgotten with everything below their document, and with nothing beside it", () => {
    const kept: Overlays = new Map();
    for (const path of ["/restapis/a", "/restapis/a/deployments/d", "/restapis/ab"]) {
      keep(kept, path, { name: path });
    }
    forget(kept, "/restapis/a");
    expect([...kept.keys()]).toEqual(["/restapis/ab"]);
  });

  it("show in the documents that hold theirs", () => {
    const kept: Overlays = new Map();
    keep(kept, "/restapis/a/resources/r/methods/GET/integration", { uri: "http://new" });
    keep(kept, "/restapis/a/resources/r/methods/GET/integration/responses/200", { selectionPattern: "2.." });
    const method = {
      httpMethod: "GET",
      methodIntegration: { uri: "http://old", integrationResponses: { "200": { statusCode: "200" } } },
    };
    expect(withDocumentsInside(kept, "/restapis/a/resources/r/methods/GET", method)).toMatchObject({
      methodIntegration: {
        uri: "http://new",
        integrationResponses: { "200": { statusCode: "200", selectionPattern: "2.." } },
      },
    });
  });
});

describe("a resource policy", () => {
  it("is sent with its quotes escaped once more, as AWS does", () => {
    const policy = '{"Version":"2012-10-17"}';
    const sent = escapedPolicy({ policy })["policy"];
    expect(sent).toBe('{\\"Version\\":\\"2012-10-17\\"}');
    expect(JSON.parse(`"${String(sent)}"`)).toBe(policy);
  });

  it("that is not there stays away", () => {
    expect(escapedPolicy({ policy: null })).toEqual({ policy: null });
  });
});
