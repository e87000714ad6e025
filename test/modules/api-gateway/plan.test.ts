import { describe, expect, it } from "vitest";
import { methodKey, type PlannedRoute, planRestApi } from "../../../modules/api-gateway/plan";
import { resourceId } from "../../../modules/api-gateway/resource-id";
import { apiGatewayRouteSchema } from "../../../modules/api-gateway/route-schema";
import { limitedName } from "../../../modules/schema/limited-name";

function prefix(workload: string, path: string): PlannedRoute {
  return { workload, servicePort: 80, route: apiGatewayRouteSchema.parse({ kind: "api-gateway", api: "store", path }) };
}

function exact(workload: string, method: string, path: string): PlannedRoute {
  const match = { kind: "exact", method };
  return {
    workload,
    servicePort: 80,
    route: apiGatewayRouteSchema.parse({ kind: "api-gateway", api: "store", path, match }),
  };
}

function methodsOf(...routes: readonly PlannedRoute[]): Readonly<Record<string, string>> {
  return Object.fromEntries(planRestApi(routes).map((method) => [methodKey(method), method.from.workload]));
}

describe("the resources and methods of a REST API", () => {
  it("a prefix has a method on each segment and on everything below it", () => {
    expect(methodsOf(prefix("book", "/api/book"))).toEqual({
      "ANY /api": "book",
      "ANY /api/book": "book",
      "ANY /api/book/{proxy+}": "book",
    });
  });

  it("a segment that routes share is made once, and the first route answers it", () => {
    const plan = planRestApi([prefix("book", "/api/book"), prefix("author", "/api/author")]);
    expect(plan.map(({ path }) => path)).toEqual([
      "/api",
      "/api/author",
      "/api/author/{proxy+}",
      "/api/book",
      "/api/book/{proxy+}",
    ]);
    expect(plan.find(({ path }) => path === "/api")?.from.workload).toBe("book");
  });

  it("a segment with a route of its own is answered by that route", () => {
    expect(methodsOf(prefix("book", "/api/book"), exact("health", "GET", "/api"))).toEqual({
      "ANY /api/book": "book",
      "ANY /api/book/{proxy+}": "book",
      "GET /api": "health",
    });
  });

  it("an exact match has its method on the last segment alone", () => {
    const plan = planRestApi([exact("shop", "GET", "/status/health")]);
    expect(plan.map(methodKey)).toEqual(["GET /status/health"]);
  });

  it("one path can have methods that lead to different workloads", () => {
    expect(methodsOf(exact("reader", "GET", "/cart"), exact("writer", "POST", "/cart"))).toEqual({
      "GET /cart": "reader",
      "POST /cart": "writer",
    });
  });

  it("the whole API is the root and everything below it", () => {
    const plan = planRestApi([prefix("shop", "/")]);
    expect(plan.map(methodKey)).toEqual(["ANY /", "ANY /{proxy+}"]);
  });

  it("the order of workloads changes who answers a shared segment and nothing else", () => {
    const there = methodsOf(prefix("book", "/api/book"), prefix("author", "/api/author"));
    const back = methodsOf(prefix("author", "/api/author"), prefix("book", "/api/book"));
    expect({ ...there, "ANY /api": "author" }).toEqual(back);
  });
});

describe("names that AWS and Helm limit", () => {
  it("a name that fits is its parts", () => {
    expect(limitedName(32, "seeds", "api-95d8427d", "book", "80")).toBe("seeds-api-95d8427d-book-80");
  });

  it("a longer name is cut, never ends a part in a hyphen, and keeps a hash of the whole", () => {
    const name = limitedName(32, "production", "public-shop", "checkout", "8080");
    expect(name).toMatch(/^production-public-shop-[0-9a-f]{8}$/);
    expect(name.length).toBeLessThanOrEqual(32);
  });

  it("two names that differ beyond the cut stay apart, and one stays itself", () => {
    const name = (last: string) => limitedName(32, "a-very-long-environment", "a-very-long-api", last);
    expect(name("8080")).not.toBe(name("8081"));
    expect(name("8080")).toBe(name("8080"));
  });
});

describe("paths in Terraform addresses", () => {
  it.each([
    ["/", "root"],
    ["/api/book", "api_book"],
    ["/api/book/{proxy+}", "api_book_proxy"],
    ["/api/book/proxy", "api_book__x70roxy"],
    ["/api_book", "api_x5fbook"],
    ["/v1.2/GET", "v1_x2e2__x47ET"],
  ])("%s is %s", (path, id) => {
    expect(resourceId(path)).toBe(id);
  });
});
