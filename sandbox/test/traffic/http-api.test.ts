import type { Authorizer } from "@aws-sdk/client-apigatewayv2";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { decideHttp, type HttpStage, httpIntegrationUrl } from "../../src/traffic/api-gateway/http-api";
import { Tokens } from "../../src/traffic/api-gateway/tokens";

const authorizer: Authorizer = {
  Name: "users",
  AuthorizerId: "j1",
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Issuer: "https://issuer.example.com", Audience: ["shop"] },
};

const stage: HttpStage = {
  apiId: "a1",
  name: "$default",
  deploymentId: "d1",
  accessLog: undefined,
  authorizers: [authorizer],
  integrations: [{ IntegrationId: "i1", IntegrationType: "HTTP_PROXY", IntegrationUri: "http://host" }],
  routes: [
    { RouteKey: "GET /books/{id}", Target: "integrations/i1" },
    {
      RouteKey: "ANY /{proxy+}",
      Target: "integrations/i1",
      AuthorizationType: "JWT",
      AuthorizerId: "j1",
      AuthorizationScopes: ["write"],
    },
    { RouteKey: "GET /lambda", Target: "integrations/i1", AuthorizationType: "CUSTOM" },
  ],
};

const ask = (path: string, claims?: { readonly scopes: readonly string[] }, method = "GET") =>
  decideHttp(stage, { method, path, principalArn: undefined, claims: async () => claims });

describe("an HTTP API", () => {
  it("takes the route whose path fits best, before one that takes the rest", async () => {
    expect(await ask("/books/7")).toMatchObject({
      kind: "integrate",
      routeKey: "GET /books/{id}",
      parameters: { id: "7" },
    });
  });

  it("lets nobody in without a good token, and nobody without the scope", async () => {
    expect(await ask("/orders")).toMatchObject({ kind: "refuse", status: 401, message: "Unauthorized" });
    expect(await ask("/orders", { scopes: ["read"] })).toMatchObject({
      kind: "refuse",
      status: 403,
      message: "Forbidden",
    });
    expect(await ask("/orders", { scopes: ["read", "write"] })).toMatchObject({ kind: "integrate" });
  });

  it("lets nobody in where a function would decide", async () => {
    expect(await ask("/lambda")).toMatchObject({ kind: "refuse", status: 500 });
  });

  it("says of a path that is not there that it is not found", async () => {
    expect(await ask("/", undefined, "POST")).toMatchObject({ kind: "refuse", status: 404, message: "Not Found" });
  });
});

describe("a private integration", () => {
  const listener = (arn: string) => (arn === "arn:listener" ? "http://balancer:80" : undefined);
  const link = { IntegrationType: "HTTP_PROXY", ConnectionType: "VPC_LINK", IntegrationUri: "arn:listener" } as const;
  const request = { path: "/books", rawPath: "/v1/books", query: "a=1" };

  it("is asked for the path with its stage, unless the path is overwritten", () => {
    expect(httpIntegrationUrl(link, request, {}, listener)).toBe("http://balancer:80/v1/books?a=1");
    const overwritten = { ...link, RequestParameters: { "overwrite:path": "$request.path" } };
    expect(httpIntegrationUrl(overwritten, request, {}, listener)).toBe("http://balancer:80/books?a=1");
  });

  it("of a listener that is not there is an error", () => {
    expect(() => httpIntegrationUrl({ ...link, IntegrationUri: "arn:gone" }, request, {}, listener)).toThrow(
      "arn:gone",
    );
  });
});

describe("a token", () => {
  const issuer = "https://issuer.example.com";

  async function issued(
    change: { readonly issuer?: string; readonly audience?: string; readonly expires?: string } = {},
  ) {
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const keys = [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256" }];
    const token = await new SignJWT({ scope: "read write" })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .setIssuer(change.issuer ?? issuer)
      .setAudience(change.audience ?? "shop")
      .setExpirationTime(change.expires ?? "5 minutes")
      .sign(privateKey);
    const tokens = new Tokens(async (url) => (url.endsWith("/keys") ? { keys } : { jwks_uri: `${issuer}/keys` }));
    return (headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` }) =>
      tokens.claims(authorizer, headers, new URLSearchParams());
  }

  it("of the issuer and for the audience is taken, with its scopes", async () => {
    const claims = await issued();
    expect(await claims()).toEqual({ scopes: ["read", "write"] });
  });

  it("that is missing, of another issuer, for another audience or too old is not", async () => {
    expect(await (await issued())({})).toBeUndefined();
    for (const change of [{ issuer: "https://other.example.com" }, { audience: "other" }, { expires: "-1 minute" }]) {
      const claims = await issued(change);
      expect(await claims()).toBeUndefined();
    }
  });

  it("signed with a key that the issuer does not publish is not", async () => {
    const [one, other] = [await issued(), await issued()];
    expect(await one()).toBeDefined();
    const stolen = await new SignJWT({})
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(issuer)
      .setAudience("shop")
      .sign(new Uint8Array(32));
    expect(await other({ authorization: `Bearer ${stolen}` })).toBeUndefined();
  });
});
