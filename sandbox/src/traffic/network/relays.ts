import { rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";

/** Something that leads connections on, until it is closed. */
export interface Relay {
  close(): Promise<void>;
}

/**
 * Leads connections to a Unix socket on to a port of 127.0.0.1: a Unix socket can be reached from every network namespace,
 * and nothing else of the machine's network can.
 */
export async function relayToLoopback(socketPath: string, port: number): Promise<Relay> {
  const open = new Set<Socket>();
  const track = (socket: Socket, other: Socket) => {
    open.add(socket);
    socket.on("error", () => other.destroy());
    socket.once("close", () => {
      open.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((incoming) => {
    const onward = connect(port, "127.0.0.1");
    track(incoming, onward);
    track(onward, incoming);
    incoming.pipe(onward).pipe(incoming);
  });
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) {
          socket.destroy();
        }
      }),
  };
}
