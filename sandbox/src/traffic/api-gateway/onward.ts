import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Onward } from "./rest-api";

export interface OnwardReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers in which HAProxy is told where to; see {@link onwardConfiguration}. */
const destinationHeader = "x-foundry-host";
const portHeader = "x-foundry-port";

/** Of one connection alone. */
const hopHeaders = ["connection", "keep-alive", "transfer-encoding", "host", "content-length", "upgrade"];

/**
 * Makes a request inside the sandbox's network: HAProxy there takes it on a Unix socket, asks the VPC's resolver for the
 * host and goes on to it.
 */
export async function goOn(
  socketPath: string,
  { method, url, headers }: Onward,
  body: Buffer,
  timeout: number,
): Promise<OnwardReply> {
  const { protocol, hostname, port, pathname, search, host } = new URL(url);
  const sent = {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.includes(name))),
    host: headers["host"] ?? host,
    "content-length": body.length,
    [destinationHeader]: hostname,
    [portHeader]: port || (protocol === "https:" ? "443" : "80"),
    "x-foundry-scheme": protocol.replace(":", ""),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath, method, path: `${pathname}${search}`, headers: sent, agent: false, timeout },
      (response) => {
        buffer(response).then(
          (content) => resolve({ status: response.statusCode ?? 502, headers: plain(response.headers), body: content }),
          reject,
        );
      },
    );
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer in ${timeout} ms`)));
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function plain(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopHeaders.includes(name) ? [] : [[name, String(value)] as const],
    ),
  );
}

export interface OnwardProps {
  readonly socketPath: string;
  readonly resolver: string;
  /** From which the integrations' hosts see the request come. */
  readonly source: string;
  /** File of the certificate that the hosts' own are held against. */
  readonly authority: string;
}

/** The part of HAProxy's configuration that makes requests where it is told to. */
export function onwardConfiguration({ socketPath, resolver, source, authority }: OnwardProps): string {
  return `resolvers vpc
  nameserver resolver ${resolver}:53
  hold valid 1s

frontend onward
  mode http
  timeout http-request 30s
  bind unix@${socketPath} mode 600
  http-request do-resolve(txn.destination,vpc,ipv4) req.hdr(${destinationHeader})
  http-request return status 502 if !{ var(txn.destination) -m found }
  http-request set-dst var(txn.destination)
  http-request set-dst-port req.hdr(${portHeader})
  http-request set-var(txn.scheme) req.hdr(x-foundry-scheme)
  http-request del-header x-foundry- -m beg
  use_backend onward-tls if { var(txn.scheme) -m str https }
  default_backend onward-plain

backend onward-plain
  mode http
  server any 0.0.0.0:0 source ${source}

backend onward-tls
  mode http
  server any 0.0.0.0:0 source ${source} ssl verify required ca-file ${authority} sni req.hdr(host),field(1,:)
`;
}
