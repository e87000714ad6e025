import { once } from "node:events";
import { request as requestHttp, type Server } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { nginxConfiguration } from "../../modules/api-gateway/nginx";
import type { EnvironmentInput } from "../../platform/environment";
import { synthStacks } from "../support/environments";
import { metadataOf, releaseOf, typedResource } from "../support/kubernetes-objects";
import { minimal } from "../support/minimal";
import { startsPrograms } from "../support/programs";
import { Authority, echo, freePort, listening, missingPrograms, Nginx } from "./nginx";

const missing = missingPrograms.length > 0;
if (missing) console.warn(`NOT RUN, packets through nginx: ${missingPrograms.join(" and ")} not on this machine`);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A request to loopback, whatever host it names. */
async function ask(options: RequestOptions & { readonly tls?: boolean; readonly port: number }): Promise<Answer> {
  const { tls = false, ...rest } = options;
  const call = (tls ? requestHttps : requestHttp)({
    host: "127.0.0.1",
    rejectUnauthorized: false,
    agent: false,
    ...rest,
  });
  call.end();
  const [response] = await once(call, "response");
  const parts: string[] = [];
  for await (const part of response) parts.push(String(part));
  return { status: response.statusCode, headers: response.headers, body: parts.join("") };
}

const plain = (lines: readonly string[]) =>
  `pid nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${name};`)
    .join("\n")}\n${lines.join("\n")}\n}\n`;

/** Everything that listens does so on loopback alone: in the cluster it is the pod's address. */
const onLoopback = (configuration: string, from: number, to: number) =>
  configuration.replaceAll(`listen ${from};`, `listen 127.0.0.1:${to};`);

const received = z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.unknown()) });

describe.skipIf(missing)(`packets${missing ? " (not run: no nginx)" : ""}`, startsPrograms, () => {
  const servers: Server[] = [];
  const proxies: Nginx[] = [];
  let pods: number;
  const proxy = () => {
    const made = new Nginx();
    proxies.push(made);
    return made;
  };

  beforeAll(async () => {
    const { port, server } = await listening(echo);
    pods = port;
    servers.push(server);
  });

  afterAll(async () => {
    await Promise.all(proxies.map((one) => one.stop()));
    for (const server of servers) server.close();
  });

  describe("through the reverse proxy of an API", () => {
    let port: number;

    beforeAll(async () => {
      port = await freePort();
      const service = { name: "127.0.0.1", port: pods };
      const made = nginxConfiguration(8080, [
        { path: "/api/book", below: true, service },
        { path: "/health", below: false, service },
      ]);
      const nginx = proxy();
      await nginx.start(onLoopback(made, 8080, port).replaceAll("/tmp/", `${nginx.folder}/`), port);
    });

    it("reach the pods with path and query as the caller wrote them", async () => {
      const { body } = await ask({ port, path: "/api/book/7?full=yes%20no", method: "PUT" });
      expect(received.parse(JSON.parse(body))).toMatchObject({ method: "PUT", url: "/api/book/7?full=yes%20no" });
    });

    it("carry the caller's host and address, whatever the caller says of them", async () => {
      const forged = { Host: "shop.example.com", "X-Real-IP": "192.0.2.1", "X-Forwarded-For": "192.0.2.1" };
      const { body } = await ask({ port, path: "/api/book", headers: forged });
      expect(received.parse(JSON.parse(body)).headers).toMatchObject({
        host: "shop.example.com",
        "x-real-ip": "127.0.0.1",
        "x-forwarded-for": "192.0.2.1, 127.0.0.1",
      });
    });

    it("end where no path is declared", async () => {
      expect(await ask({ port, path: "/health" })).toMatchObject({ status: 200 });
      expect(await ask({ port, path: "/health/more" })).toMatchObject({ status: 404 });
      expect(await ask({ port, path: "/" })).toMatchObject({ status: 404 });
    });
  });

  describe.each(["f5", "community"] as const)("through nginx of the kind %s behind TLS", (kind) => {
    const redirecting = 2443;
    let clear: number;
    let port: number;

    beforeAll(async () => {
      const acknowledged: Partial<EnvironmentInput> =
        kind === "community" ? { acknowledgeEndOfLife: { ingressNginx: "2026-03" } } : {};
      const stacks = synthStacks({
        ...minimal(),
        ...acknowledged,
        dns: { zones: { "example.com": { kind: "create" } } },
        certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
        controllers: {
          awsLoadBalancerController: {},
          nginx: { kind, certificate: "web", hsts: { includeSubDomains: true } },
        },
      });
      const { values } = releaseOf(stacks, kind === "f5" ? "nginx-ingress" : "ingress-nginx");
      const config = z
        .object({
          controller: z.object({ config: z.looseObject({ entries: z.record(z.string(), z.string()).optional() }) }),
        })
        .parse(values).controller.config;
      const snippet = String(config.entries?.["http-snippets"] ?? config["http-snippet"]);
      [clear, port] = [await freePort(), await freePort()];
      const served = `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${pods}; } location /closed { return 403; } }`;
      await proxy().start(plain([onLoopback(snippet, redirecting, clear), served]), port);
    });

    it("what came by HTTP is sent to HTTPS with method, host, path and query", async () => {
      const answer = await ask({
        port: clear,
        path: "/cart?id=7",
        method: "POST",
        headers: { Host: "shop.example.com" },
      });
      // 308 has a browser repeat the method and the body; 301 would make a GET of it.
      expect(answer).toMatchObject({ status: 308, headers: { location: "https://shop.example.com/cart?id=7" } });
    });

    it("what came by HTTPS has the header of HSTS, on refusals too", async () => {
      const hsts = { "strict-transport-security": "max-age=31536000; includeSubDomains" };
      expect(await ask({ port, path: "/" })).toMatchObject({ status: 200, headers: hsts });
      expect(await ask({ port, path: "/closed" })).toMatchObject({ status: 403, headers: hsts });
    });
  });

  describe("with the bundle of a trust store, in the place of an ALB", () => {
    let port: number;
    let clients: Readonly<Record<"partner" | "supplier" | "stranger", { readonly cert: string; readonly key: string }>>;

    beforeAll(async () => {
      const nginx = proxy();
      const [partners, suppliers, strangers] = ["partners", "suppliers", "strangers"].map(
        (name) => new Authority(nginx.folder, name),
      );
      if (partners === undefined || suppliers === undefined || strangers === undefined) throw new Error("no authority");
      clients = { partner: partners.sign("one"), supplier: suppliers.sign("two"), stranger: strangers.sign("three") };
      const { identity } = synthStacks({
        ...minimal(),
        dns: { zones: { "example.com": { kind: "create" } } },
        certificates: { web: { kind: "acm", hosts: ["shop.example.com"] } },
        trustStores: { partners: { authorities: [partners.certificate, suppliers.certificate.trimEnd()] } },
        workloads: {
          shop: {
            image: { name: "example.com/shop", tag: "1.0.0" },
            port: 8080,
            routes: [{ kind: "alb", host: "shop.example.com", certificate: "web", clientCertificates: "partners" }],
          },
        },
      });
      const [bundle] = Object.values(identity.resource["aws_s3_object"] ?? {});
      const own = partners.sign("server");
      port = await freePort();
      await nginx.start(
        plain([
          "server {",
          `  listen 127.0.0.1:${port} ssl;`,
          `  ssl_certificate ${nginx.file("server.pem", own.cert)};`,
          `  ssl_certificate_key ${nginx.file("server-key.pem", own.key)};`,
          `  ssl_client_certificate ${nginx.file("bundle.pem", String(bundle?.["content"]))};`,
          "  ssl_verify_client on;",
          `  location / { proxy_pass http://127.0.0.1:${pods}; }`,
          "}",
        ]),
        port,
      );
    }, startsPrograms.timeout);

    it("clients of each of its authorities come in", async () => {
      expect(await ask({ port, tls: true, ...clients.partner })).toMatchObject({ status: 200 });
      expect(await ask({ port, tls: true, ...clients.supplier })).toMatchObject({ status: 200 });
    });

    it("clients of others, and without a certificate, do not", async () => {
      expect(await ask({ port, tls: true, ...clients.stranger })).toMatchObject({ status: 400 });
      expect(await ask({ port, tls: true })).toMatchObject({ status: 400 });
    });
  });

  describe("with the token settings of an ALB, asked by nginx of a verifier that knows nothing else", () => {
    let port: number;
    let token: (claims: object, change?: { readonly issuer?: string; readonly expires?: string }) => Promise<string>;
    let others: () => Promise<string>;

    beforeAll(async () => {
      const [keys, strangers] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
      const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256" };
      const issuer = "https://login.example.com";
      const signed = (
        key: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"],
        claims: object,
        change: { issuer?: string; expires?: string } = {},
      ) =>
        new SignJWT({ ...claims })
          .setProtectedHeader({ alg: "RS256", kid: "one" })
          .setIssuer(change.issuer ?? issuer)
          .setIssuedAt()
          .setExpirationTime(change.expires ?? "5m")
          .sign(key);
      token = (claims, change) => signed(keys.privateKey, claims, change);
      others = () => signed(strangers.privateKey, { scope: "cart.read" });
      const jwks = await listening((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
      const stacks = synthStacks({
        ...minimal(),
        dns: { zones: { "example.com": { kind: "create" } } },
        certificates: { web: { kind: "acm", hosts: ["shop.example.com"] } },
        workloads: {
          shop: {
            image: { name: "example.com/shop", tag: "1.0.0" },
            port: 8080,
            routes: [
              {
                kind: "alb",
                host: "shop.example.com",
                certificate: "web",
                callers: {
                  kind: "jwt",
                  issuer,
                  jwksEndpoint: "https://login.example.com/jwks.json",
                  claims: [{ name: "scope", format: "space-separated-values", values: ["cart.read", "cart.write"] }],
                },
              },
            ],
          },
        },
      });
      const { annotations = {} } = metadataOf(typedResource(stacks, "kubernetes_ingress_v1", "shop"));
      const settings = z
        .object({
          issuer: z.string(),
          jwksEndpoint: z.string(),
          additionalClaims: z.array(z.object({ name: z.string(), format: z.string(), values: z.array(z.string()) })),
        })
        .parse(JSON.parse(annotations["alb.ingress.kubernetes.io/jwt-validation"] ?? ""));
      expect(settings.jwksEndpoint).toBe("https://login.example.com/jwks.json");
      // The keys' address is the test's own; all else is what the annotation says.
      const known = createRemoteJWKSet(new URL(`http://127.0.0.1:${jwks.port}/`));
      const verifier = await listening(async (request, response) => {
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
        const payload = await jwtVerify(bearer, known, { issuer: settings.issuer }).then(
          (verified) => verified.payload,
          () => undefined,
        );
        const claimed = settings.additionalClaims.every(({ name, values }) =>
          String(payload?.[name] ?? "")
            .split(" ")
            .some((word) => values.includes(word)),
        );
        response.writeHead(payload !== undefined && claimed ? 204 : 401).end();
      });
      servers.push(jwks.server, verifier.server);
      port = await freePort();
      await proxy().start(
        plain([
          "server {",
          `  listen 127.0.0.1:${port};`,
          `  location / { auth_request /verify; proxy_pass http://127.0.0.1:${pods}; }`,
          `  location = /verify { internal; proxy_pass http://127.0.0.1:${verifier.port}; }`,
          "}",
        ]),
        port,
      );
    });

    const bearing = (text: string) => ask({ port, headers: { Authorization: `Bearer ${text}` } });

    it("a token of the issuer with one of the claimed values comes in", async () => {
      expect(await bearing(await token({ scope: "profile cart.read" }))).toMatchObject({ status: 200 });
    });

    it("no other does: no token, another key, another issuer, one that has ended, one without the claim", async () => {
      expect(await ask({ port })).toMatchObject({ status: 401 });
      expect(await bearing(await others())).toMatchObject({ status: 401 });
      const scope = "cart.read";
      expect(await bearing(await token({ scope }, { issuer: "https://elsewhere.example.com" }))).toMatchObject({
        status: 401,
      });
      expect(await bearing(await token({ scope }, { expires: "-1m" }))).toMatchObject({ status: 401 });
      expect(await bearing(await token({ scope: "cart.readers" }))).toMatchObject({ status: 401 });
    });
  });
});
