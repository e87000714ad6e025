import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { type Answer, type Call, type Scope, withoutHeaders } from "./exchange";

/** What is sent to moto; the body's length is added. */
export type OutgoingCall = Pick<Call, "method" | "headers" | "body"> & { readonly url: string };

/** Hands calls on to moto as they are. What the front itself asks of moto, it asks with the AWS SDK. */
export class MotoClient {
  constructor(readonly port: number) {}

  /** For clients of the AWS SDK. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

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
}

/** Headers that make moto take a request as signed by this access key; moto does not check the signature. */
export function signedAs(scope: Scope, port: number): Readonly<Record<string, string>> {
  const credential = `${scope.accessKeyId}/20260101/${scope.region}/${scope.service}/aws4_request`;
  return {
    host: `127.0.0.1:${port}`,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=unchecked`,
  };
}
