import type { Server } from "node:http";

/** An HTTP server that only this machine can reach. */
export interface LoopbackServer {
  readonly port: number;
  /** For example `http://127.0.0.1:40123`. */
  readonly address: string;
  /** Ends it with the connections that are open. */
  close(): Promise<void>;
}

/** Lets a server listen on a free port of 127.0.0.1. */
export async function listenOnLoopback(server: Server): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("sandbox: a socket that listens on 127.0.0.1 has no port.");
  }
  return {
    port: address.port,
    address: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
