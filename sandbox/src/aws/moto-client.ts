import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { type Answer, type Call, type Scope, withoutHeaders } from "./exchange";
import { elementText } from "./xml";

/** An error that moto answered with, in AWS's own terms. */
export class MotoError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What is sent to moto; the body's length is added. */
export type OutgoingCall = Pick<Call, "method" | "headers" | "body"> & { readonly url: string };

/** Speaks to moto on behalf of the front's own parts. */
export class MotoClient {
  constructor(readonly port: number) {}

  /** Sends a call as it stands and reads the answer whole. */
  async send(call: OutgoingCall): Promise<Answer> {
    const headers = withoutHeaders(call.headers, "expect", "transfer-encoding");
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: "127.0.0.1",
          port: this.port,
          method: call.method,
          path: call.url,
          headers: { ...headers, "content-length": call.body.length },
          agent: false,
        },
        (response) => {
          const { statusCode: status = 500 } = response;
          const received = withoutHeaders(response.headers, "connection", "transfer-encoding");
          buffer(response).then((body) => resolve({ status, headers: received, body }), reject);
        },
      );
      outgoing.once("error", reject);
      outgoing.end(call.body);
    });
  }

  /** Has moto answer a call that the front received. */
  async forward(call: Call): Promise<Answer> {
    const query = call.query.toString();
    return this.send({ ...call, url: query === "" ? call.path : `${call.path}?${query}` });
  }

  /**
   * Calls an operation of a service with AWS's query protocol: EC2, IAM, STS, ELB.
   *
   * @returns the XML of the answer
   * @throws MotoError when moto answers with an error
   */
  async query(
    scope: Scope,
    version: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    const answer = await this.send({
      method: "POST",
      url: "/",
      headers: {
        ...signedAs(scope, this.port),
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      },
      body: Buffer.from(new URLSearchParams({ Action: action, Version: version, ...parameters }).toString()),
    });
    const xml = answer.body.toString("utf8");
    if (answer.status >= 400) {
      throw new MotoError(
        answer.status,
        elementText(xml, "Code") ?? "Unknown",
        elementText(xml, "Message") ?? `${action} failed: ${xml}`,
      );
    }
    return xml;
  }

  /**
   * Calls an operation of a service with AWS's JSON protocols.
   *
   * @param target the value of `X-Amz-Target`; undefined for services that tell operations apart by path
   */
  async json(
    scope: Scope,
    call: { readonly method: string; readonly url: string; readonly target?: string; readonly document?: object },
  ): Promise<unknown> {
    const answer = await this.send({
      method: call.method,
      url: call.url,
      headers: {
        ...signedAs(scope, this.port),
        "content-type": call.target === undefined ? "application/json" : "application/x-amz-json-1.1",
        ...(call.target === undefined ? {} : { "x-amz-target": call.target }),
      },
      body: Buffer.from(call.document === undefined ? "" : JSON.stringify(call.document)),
    });
    const text = answer.body.toString("utf8");
    if (answer.status >= 400) {
      throw new MotoError(answer.status, String(answer.headers["x-amzn-errortype"] ?? "Unknown"), text);
    }
    return text === "" ? {} : JSON.parse(text);
  }
}

/** Headers that make moto take a request as signed by this access key; moto does not check the signature. */
export function signedAs(scope: Scope, port: number): Readonly<Record<string, string>> {
  const credential = `${scope.accessKeyId}/20260101/${scope.region}/${scope.service}/aws4_request`;
  return {
    host: `127.0.0.1:${port}`,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=unchecked`,
  };
}
