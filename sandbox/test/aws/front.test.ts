import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { type Call, type Extension, jsonAnswer, scopeOf } from "../../src/aws/exchange";
import { type Front, type FrontProps, startFront } from "../../src/aws/front";
import { MotoClient } from "../../src/aws/moto-client";

const signed = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=x`;

let behind: Server | undefined;
let front: Front | undefined;

afterEach(async () => {
  await front?.stop();
  front = undefined;
  behind?.closeAllConnections();
  behind?.close();
  behind = undefined;
});

/** Starts a server that stands for moto, and the front before it; gives the front's address. */
async function start(
  respond: (
    request: IncomingMessage,
    body: string,
  ) => { status: number; headers: Record<string, string>; body: string },
  extensions: readonly Extension[] = [],
  more: Partial<FrontProps> = {},
): Promise<string> {
  behind = createServer(async (request, response) => {
    const { status, headers, body } = respond(request, await text(request));
    response.writeHead(status, headers).end(body);
  });
  const port = await new Promise<number>((resolve) => {
    behind?.listen(0, "127.0.0.1", () => {
      const address = behind?.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  front = await startFront({ moto: new MotoClient(port), extensions, ...more });
  return `http://127.0.0.1:${front.port}`;
}

describe("the front", () => {
  it("passes method, path, query, headers and body on, and status, headers and body back", async () => {
    const seen: string[] = [];
    const url = await start((request, body) => {
      seen.push(`${request.method} ${request.url} ${request.headers["if-none-match"]} ${request.headers.host} ${body}`);
      return { status: 412, headers: { "x-amz-request-id": "r" }, body: "<Code>PreconditionFailed</Code>" };
    });
    const response = await fetch(`${url}/bucket/a%2Fb?x-id=PutObject`, {
      method: "PUT",
      headers: { authorization: signed("s3"), "if-none-match": "*" },
      body: "state",
    });
    expect(seen).toEqual([`PUT /bucket/a%2Fb?x-id=PutObject * ${url.slice(7)} state`]);
    expect(response.status).toBe(412);
    expect(response.headers.get("x-amz-request-id")).toBe("r");
    expect(await response.text()).toBe("<Code>PreconditionFailed</Code>");
  });

  it("shows a request to the extension of the service that it is signed for, and to no other", async () => {
    const calls: Call[] = [];
    const extension = (service: string, answers: boolean): Extension => ({
      service,
      async answer(call) {
        calls.push(call);
        return answers ? jsonAnswer({ from: "front" }) : undefined;
      },
    });
    const moto = { status: 200, headers: { "content-type": "application/json" }, body: '{"from":"moto"}' };
    const url = await start(() => moto, [extension("eks", true), extension("ec2", false)]);
    const ask = async (service: string) =>
      (await fetch(`${url}/clusters?x=1`, { headers: { authorization: signed(service) } })).json();
    expect(await ask("eks")).toEqual({ from: "front" });
    expect(await ask("ec2")).toEqual({ from: "moto" });
    expect(await ask("iam")).toEqual({ from: "moto" });
    expect(calls.map(({ scope, path, query }) => [scope.service, path, query.get("x")])).toEqual([
      ["eks", "/clusters", "1"],
      ["ec2", "/clusters", "1"],
    ]);
  });

  it("turns moto's error page into an error that clients do not repeat and that names the operation", async () => {
    const page = { status: 500, headers: { "content-type": "text/html; charset=utf-8" }, body: "<!doctype html>" };
    const url = await start(() => page);
    const form = await fetch(url, {
      method: "POST",
      headers: { authorization: signed("iam"), "content-type": "application/x-www-form-urlencoded" },
      body: "Action=ListMFADevices",
    });
    expect(form.status).toBe(400);
    expect(await form.text()).toContain("The sandbox cannot do iam ListMFADevices");
    const json = await fetch(url, {
      method: "POST",
      headers: { authorization: signed("logs"), "x-amz-target": "Logs_20140328.PutMetricFilter" },
      body: "{}",
    });
    expect(json.status).toBe(400);
    expect(json.headers.get("x-amzn-errortype")).toBe("SandboxDefect");
    expect(await json.text()).toContain("logs PutMetricFilter");
  });

  it("leaves an error of AWS as it is, also one without a body or labelled as HTML", async () => {
    const url = await start((request) => ({
      status: 404,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: request.method === "HEAD" ? "" : "<Error><Code>NoSuchKey</Code></Error>",
    }));
    const headers = { authorization: signed("s3") };
    expect((await fetch(`${url}/bucket/key`, { method: "HEAD", headers })).status).toBe(404);
    const response = await fetch(`${url}/bucket/key`, { headers });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("NoSuchKey");
  });

  it("answers with an error when an extension fails, instead of leaving the client waiting", async () => {
    const failing: Extension = {
      service: "eks",
      answer: () => Promise.reject(new Error("broken")),
    };
    const url = await start(() => ({ status: 200, headers: {}, body: "" }), [failing]);
    const response = await fetch(url, { headers: { authorization: signed("eks") } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("broken");
  });
});

describe("a call of which the front knows what it is", () => {
  const model = {
    service: "ec2",
    operation: "CreateVpc",
    protocol: "ec2",
    code: "",
    parameters: {},
    violations: [],
  } as const;

  it("is shown to each check, and the first that refuses answers in the place of the service", async () => {
    const asked: string[] = [];
    const url = await start(() => ({ status: 200, headers: {}, body: "moto" }), [], {
      modelOf: async () => ({ ...model, violations: [] }),
      checks: [
        async (call) => {
          asked.push(`first ${call.model?.operation}`);
          return undefined;
        },
        async () => jsonAnswer({ refused: true }, 403),
        async () => {
          asked.push("third");
          return undefined;
        },
      ],
    });
    const response = await fetch(url, { headers: { authorization: signed("ec2") } });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ refused: true });
    expect(asked).toEqual(["first CreateVpc"]);
  });

  it("is told of with its answer, whoever gave it", async () => {
    const told: string[] = [];
    const url = await start(() => ({ status: 418, headers: {}, body: "moto" }), [], {
      modelOf: async () => ({ ...model, violations: [] }),
      onAnswer: ({ model: of }, { status }) => told.push(`${of?.operation} ${status}`),
    });
    await fetch(url, { headers: { authorization: signed("ec2") } });
    expect(told).toEqual(["CreateVpc 418"]);
  });
});

describe("the scope of a request", () => {
  it("is read from the header or from a presigned URL", () => {
    const expected = { accessKeyId: "AKIA", region: "us-west-2", service: "sts" };
    expect(scopeOf({ authorization: signed("sts") }, new URLSearchParams())).toEqual(expected);
    const query = new URLSearchParams({ "X-Amz-Credential": "AKIA/20260101/us-west-2/sts/aws4_request" });
    expect(scopeOf({}, query)).toEqual(expected);
  });

  it("is missing from an unsigned request", () => {
    expect(scopeOf({}, new URLSearchParams())).toBeUndefined();
    expect(scopeOf({ authorization: "Bearer x" }, new URLSearchParams())).toBeUndefined();
  });
});
