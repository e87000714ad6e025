import { describe, expect, it } from "vitest";
import { apiGatewayRouteSchema } from "../../../modules/api-gateway/route-schema";
import { appsOf } from "./fixtures";

const parse = (options: object) =>
  apiGatewayRouteSchema.safeParse({ kind: "api-gateway", api: "store", path: "/shop", ...options });

describe("a route through API Gateway", () => {
  it("takes the path and everything below it to the workload, unless it says otherwise", () => {
    expect(parse({}).data).toMatchObject({ match: { kind: "prefix" }, integration: { kind: "workload" } });
  });

  it("calls a public host by HTTPS and hands its answers on, unless it says otherwise", () => {
    expect(parse({ integration: { kind: "public-host", host: "shop.example.com" } }).data?.integration).toEqual({
      kind: "public-host",
      host: "shop.example.com",
      tls: { kind: "on" },
      type: "HTTP_PROXY",
    });
  });

  it.each(["/", "/shop", "/api/v1.2/shop-cart"])("has a path such as %s", (path) => {
    expect(parse({ path }).success).toBe(true);
  });

  it.each(["shop", "/shop/", "/shop/{id}", "/shop/*", "/shop?x=1", "//shop"])("refuses the path %s", (path) => {
    expect(parse({ path }).success).toBe(false);
  });

  it("is reached at the stage's address with its path", () => {
    expect(appsOf({ kind: "rest" }, [{ name: "cart", path: "/cart" }]).output["doors"]?.value).toEqual({
      "shop/api-gateway/cart": "${aws_api_gateway_stage.api_store_stage.invoke_url}/cart",
    });
  });

  it("makes nothing of its own: what it needs stands with the API that routes share", () => {
    const one = appsOf({ kind: "rest" }, [{}]);
    const two = appsOf({ kind: "rest" }, [{}, { name: "cart", path: "/cart" }]);
    const types = (json: typeof one) => Object.keys(json.resource).sort();
    expect(types(two)).toEqual(types(one));
    for (const names of Object.values(two.resource).map(Object.keys)) {
      for (const name of names) expect(name).not.toContain("_api-gateway");
    }
  });
});
