import type { Authorizer } from "@aws-sdk/client-apigatewayv2";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { z } from "zod";
import type { Claims } from "./http-api";

const discoverySchema = z.looseObject({ jwks_uri: z.string() });
const keySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Reads a document by its address, inside the sandbox's network. */
export type Read = (url: string) => Promise<unknown>;

/** Milliseconds that an issuer's keys are kept. */
const keptFor = 60_000;

/** Checks tokens by the keys that their issuers publish. */
export class Tokens {
  private readonly keys = new Map<string, { readonly set: Promise<JSONWebKeySet>; readonly until: number }>();

  constructor(private readonly read: Read) {}

  /**
   * What the token says that a request brings for a JWT authorizer; undefined where there is none, or none that the
   * authorizer takes.
   *
   * @param headers of the request, in lower case
   */
  async claims(
    authorizer: Authorizer,
    headers: Readonly<Record<string, string>>,
    query: URLSearchParams,
  ): Promise<Claims | undefined> {
    const { IdentitySource = [], JwtConfiguration: { Issuer = "", Audience = [] } = {} } = authorizer;
    const token = IdentitySource.map((source) => valueAt(source, headers, query)).find((value) => value !== undefined);
    if (token === undefined || Audience.length === 0) {
      return undefined;
    }
    try {
      const keySet = createLocalJWKSet(await this.keysOf(Issuer));
      const { payload } = await jwtVerify(token.replace(/^Bearer /i, ""), keySet, { issuer: Issuer });
      // API Gateway looks for the audience in `aud`, and in `client_id` where that is missing.
      const audiences = [payload.aud ?? z.string().safeParse(payload["client_id"]).data ?? []].flat();
      if (!audiences.some((audience) => Audience.includes(audience))) {
        return undefined;
      }
      const scope = payload["scope"] ?? payload["scp"] ?? "";
      return { scopes: Array.isArray(scope) ? scope.map(String) : String(scope).split(" ") };
    } catch {
      return undefined;
    }
  }

  private keysOf(issuer: string): Promise<JSONWebKeySet> {
    const kept = this.keys.get(issuer);
    if (kept !== undefined && kept.until > Date.now()) {
      return kept.set;
    }
    const set = this.readKeys(issuer);
    this.keys.set(issuer, { set, until: Date.now() + keptFor });
    set.catch(() => this.keys.delete(issuer));
    return set;
  }

  private async readKeys(issuer: string): Promise<JSONWebKeySet> {
    const { jwks_uri } = discoverySchema.parse(
      await this.read(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`),
    );
    return keySetSchema.parse(await this.read(jwks_uri));
  }
}

/** `$request.header.Authorization` or `$request.querystring.token`. */
function valueAt(
  source: string,
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string | undefined {
  const [, place, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  return place === "header" ? headers[name.toLowerCase()] : (query.get(name) ?? undefined);
}
