import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "@ingress-foundry/sandbox/loopback-server";

/** A way to AWS that shuts, after a while, for everything that begins to make something. */
export interface Gate {
  /** To be used as `AWS_ENDPOINT_URL`. */
  readonly address: string;
  /** Calls that came after the gate was shut and wait before it. */
  readonly held: () => number;
  /** Lets the call pass that has waited longest; the gate is shut again behind it. */
  readonly admit: () => void;
  close(): Promise<void>;
}

/**
 * Puts a gate in front of an AWS endpoint. What was begun before it shut can be finished; nothing new begins. A Terraform
 * that waits before it, and has finished what it began, stands between two calls: killed, it leaves nothing half made.
 *
 * @param creations how many things may be made before the gate shuts
 */
export async function startGate(endpoint: string, creations: number): Promise<Gate> {
  const { hostname, port } = new URL(endpoint);
  let made = 0;
  // Those that are never let pass wait until the caller is killed.
  const waiting: (() => void)[] = [];
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.requestTimeout = 0;

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    if (createsSomething(incoming, body.toString("latin1"))) {
      if (made === creations) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        made += 1;
      }
    }
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.once("error", () => outgoing.destroy());
    onward.end(body);
  }

  const { address, close } = await listenOnLoopback(server);
  return { address, held: () => waiting.length, admit: () => waiting.shift()?.(), close };
}

/** The operation's name stands in the form of the query protocol or in a header; REST creates by POST. */
function createsSomething({ method, url = "", headers }: IncomingMessage, body: string): boolean {
  const target = headers["x-amz-target"];
  const operation = typeof target === "string" ? target.split(".").at(-1) : /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  // A route belongs to the route table, a tag to what it is on: both finish something that was begun.
  return operation === undefined
    ? method === "POST" && !url.includes("/tags/")
    : /^(Create(?!Tags$|Route$)|Allocate|Run)/.test(operation);
}
