import type { Method } from "@aws-sdk/client-api-gateway";
import { describe, expect, it } from "vitest";
import { accessLogLine } from "../../src/traffic/api-gateway/access-log";
import { type DeployedStage, decide, onward } from "../../src/traffic/api-gateway/rest-api";
import { bestMatch, matchPath } from "../../src/traffic/api-gateway/routing";

const proxied: Method = {
  authorizationType: "NONE",
  methodIntegration: { type: "HTTP_PROXY", uri: "http://10.0.0.9/{proxy}", httpMethod: "ANY" },
};

const stage = (change: Partial<DeployedStage> = {}): DeployedStage => ({
  apiId: "a1",
  region: "eu-west-1",
  accountId: "123456789012",
  name: "prod",
  deploymentId: "d1",
  policy: undefined,
  variables: {},
  accessLog: undefined,
  resources: [
    { path: "/books", resourceMethods: { GET: { ...proxied } } },
    { path: "/books/{proxy+}", resourceMethods: { ANY: { ...proxied } } },
    { path: "/signed", resourceMethods: { GET: { ...proxied, authorizationType: "AWS_IAM" } } },
    { path: "/keyed", resourceMethods: { GET: { ...proxied, apiKeyRequired: true } } },
  ],
  ...change,
});

const request = (path: string, change: Partial<Parameters<typeof decide>[1]> = {}) => ({
  method: "GET",
  path,
  sourceIp: "198.51.100.10",
  apiKey: undefined,
  principalArn: undefined,
  ...change,
});

const key = (value: string) => value === "right";
const user = "arn:aws:iam::123456789012:user/reader";

describe("a REST API", () => {
  it("leads a path to the resource that says most about it", () => {
    const templates = ["/{proxy+}", "/books/{id}", "/books/list"];
    const best = (path: string) => bestMatch(templates, (template) => template, path)?.entry;
    expect([best("/books/list"), best("/books/7"), best("/books/7/pages")]).toEqual([
      "/books/list",
      "/books/{id}",
      "/{proxy+}",
    ]);
  });

  it("takes a greedy name for the rest of the path, and not for nothing", () => {
    expect(matchPath("/books/{proxy+}", "/books/a/b")?.parameters).toEqual({ proxy: "a/b" });
    expect(matchPath("/books/{proxy+}", "/books")).toBeUndefined();
  });

  it("says of a path that is not there, and of a method, that a token is missing", () => {
    for (const asked of [request("/nothing"), request("/books", { method: "DELETE" })]) {
      expect(decide(stage(), asked, key)).toMatchObject({
        kind: "refuse",
        status: 403,
        message: "Missing Authentication Token",
      });
    }
  });

  it("lets a signed call through where a signature is needed, and no other", () => {
    expect(decide(stage(), request("/signed"), key)).toMatchObject({ kind: "refuse", status: 403 });
    expect(decide(stage(), request("/signed", { principalArn: user }), key)).toMatchObject({ kind: "integrate" });
  });

  it("asks for a key where one is required, and takes only one that there is", () => {
    expect(decide(stage(), request("/keyed", { apiKey: "wrong" }), key)).toMatchObject({
      kind: "refuse",
      message: "Forbidden",
    });
    expect(decide(stage(), request("/keyed", { apiKey: "right" }), key)).toMatchObject({ kind: "integrate" });
  });

  it("lets nobody in whom its resource policy does not name", () => {
    const policy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/prod/*",
          Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
        },
      ],
    });
    const at = stage({ policy });
    expect(decide(at, request("/books"), key)).toMatchObject({ kind: "refuse", status: 403 });
    expect(decide(at, request("/books", { sourceIp: "203.0.113.7" }), key)).toMatchObject({ kind: "integrate" });
  });

  it("refuses who is denied, signed or not", () => {
    const policy = JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
        { Effect: "Deny", Principal: { AWS: user }, Action: "execute-api:Invoke", Resource: "*" },
      ],
    });
    const decision = decide(stage({ policy }), request("/signed", { principalArn: user }), key);
    expect(decision).toMatchObject({ kind: "refuse", status: 403, message: expect.stringContaining("explicit deny") });
  });

  it("refuses a method whose authorizer is not played", () => {
    const resources = [{ path: "/", resourceMethods: { GET: { ...proxied, authorizationType: "CUSTOM" } } }];
    expect(decide(stage({ resources }), request("/"), key)).toMatchObject({ kind: "refuse", status: 500 });
  });

  it("never passes an unknown condition of a policy for one that holds", () => {
    const policy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "*",
          Resource: "*",
          Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-01-01" } },
        },
      ],
    });
    expect(() => decide(stage({ policy }), request("/books"), key)).toThrow("DateGreaterThan");
  });
});

describe("an integration", () => {
  const sent = { method: "POST", query: "a=1", headers: { accept: "text/plain" } };

  it("fills its address from what the client sent, and adds the headers that are mapped", () => {
    const integration = {
      type: "HTTP_PROXY" as const,
      uri: "http://balancer/api/{proxy}",
      httpMethod: "ANY",
      requestParameters: {
        "integration.request.path.proxy": "method.request.path.proxy",
        "integration.request.header.Accept-Encoding": "'identity'",
      },
    };
    expect(onward(integration, sent, { proxy: "books/7" }, {})).toEqual({
      method: "POST",
      url: "http://balancer/api/books/7?a=1",
      headers: { accept: "text/plain", "accept-encoding": "identity" },
    });
  });

  it("passes neither query nor headers on unless it is a proxy or they are mapped", () => {
    const integration = { type: "HTTP" as const, uri: "http://host/health", httpMethod: "GET" };
    expect(onward(integration, sent, {}, {})).toEqual({ method: "GET", url: "http://host/health", headers: {} });
  });

  it("of a sort that is not played is an error, and no empty answer", () => {
    expect(() => onward({ type: "AWS_PROXY", uri: "" }, sent, {}, {})).toThrow("AWS_PROXY");
  });
});

describe("an access log", () => {
  it("is written in the format that is asked for, with a dash for what there is not", () => {
    const format = '{"status":"$context.status","ip":"$context.identity.sourceIp","error":"$context.error.message"}';
    expect(accessLogLine(format, { status: 200, "identity.sourceIp": "198.51.100.10" })).toBe(
      '{"status":"200","ip":"198.51.100.10","error":"-"}',
    );
  });
});
