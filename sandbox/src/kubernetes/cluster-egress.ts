import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { z } from "zod";
import type { KubernetesApi } from "./kubernetes-api";

/** A Service by namespace and name. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** The way from the API server to Services of the cluster: admission webhooks, conversion webhooks, aggregated APIs. */
export interface ClusterEgress {
  /** Content of the file that the API server takes as `--egress-selector-config-file`. */
  readonly configText: string;
  /** From now on calls to this Service, on any of its ports, go to this port of 127.0.0.1. */
  route(service: ServiceName, port: number): void;
  /** Whether a call to this Service goes anywhere. */
  isRouted(service: ServiceName): boolean;
  close(): Promise<void>;
}

const serviceSchema = z.looseObject({
  spec: z.looseObject({ clusterIP: z.string().optional(), clusterIPs: z.array(z.string()).optional() }),
});

/**
 * A proxy on a Unix socket through which the API server makes every call into the cluster's network.
 *
 * No packet for a Service or node address leaves the machine that way. A Service whose controller runs as a process of
 * this machine answers as it would in a cluster, webhook configurations and certificates untouched; every other one is
 * refused at once with its name, where a connection to its address would hang until the webhook's time is over.
 *
 * @param socketPath absolute path of the socket, at most 100 bytes; what a crash left there is replaced
 * @param api asked for the Service that has an address, at every call
 */
export async function startClusterEgress(
  socketPath: string,
  api: () => Pick<KubernetesApi, "list">,
): Promise<ClusterEgress> {
  const routes = new Map<string, number>();
  const sockets = new Set<Duplex>();
  const server = createServer((_, response) => {
    response.writeHead(405).end();
  });
  const track = (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // Either side may be reset at any time; the other one is told by its end.
    socket.on("error", () => socket.destroy());
  };
  server.on("connect", (request: IncomingMessage, client: Duplex) => {
    track(client);
    serviceAt(request.url ?? "", api()).then(
      (service) => {
        const port = service === undefined ? undefined : routes.get(keyOf(service));
        if (port === undefined) {
          refuse(client, `nothing runs behind ${service === undefined ? request.url : `Service ${keyOf(service)}`}`);
          return;
        }
        const upstream = connect(port, "127.0.0.1", () => {
          client.write("HTTP/1.1 200 Connection established\r\n\r\n");
          upstream.pipe(client).pipe(upstream);
        });
        track(upstream);
        upstream.once("close", () => client.destroy());
        client.once("close", () => upstream.destroy());
      },
      (error: unknown) => refuse(client, String(error)),
    );
  });
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    configText: egressConfigText(socketPath),
    route: (service, target) => routes.set(keyOf(service), target),
    isRouted: (service) => routes.has(keyOf(service)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

const keyOf = ({ namespace, name }: ServiceName) => `${namespace}/${name}`;

/** @param authority `ADDRESS:PORT`, the address being a Service's cluster IP */
async function serviceAt(authority: string, api: Pick<KubernetesApi, "list">): Promise<ServiceName | undefined> {
  const ip = authority.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  const services = (await api.list("/api/v1/services"))?.items ?? [];
  const metadata = services.find((service) => {
    const { clusterIP, clusterIPs = [] } = serviceSchema.parse(service).spec;
    return clusterIP === ip || clusterIPs.includes(ip);
  })?.metadata;
  return metadata?.namespace === undefined ? undefined : { namespace: metadata.namespace, name: metadata.name };
}

/** The API server shows the status line to whoever made the request. */
function refuse(client: Duplex, reason: string): void {
  client.end(`HTTP/1.1 502 ${reason.replaceAll(/[\r\n]+/g, " ")}\r\nContent-Length: 0\r\n\r\n`);
}

function egressConfigText(socketPath: string): string {
  const connection = { proxyProtocol: "HTTPConnect", transport: { uds: { udsName: socketPath } } };
  const config = {
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: [{ name: "cluster", connection }],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
