import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Free TCP ports on the loopback address, all different.
 *
 * Taken at random from 20000 to 29999: below the range from which systems give out ports to clients, so that no passing
 * connection sits on a port between its choice and its use, and wide enough that two sandboxes starting at the same
 * moment do not choose the same one.
 *
 * @throws Error when no free port is found after many tries.
 */
export async function freeLoopbackPorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1000) {
      throw new Error(
        "127.0.0.1: no free TCP port between 20000 and 29999 after 1000 tries, so the control plane has nothing to " +
          "listen on. End sandboxes that are no longer used and start again.",
      );
    }
    const port = randomInt(20000, 30000);
    if (await isFree(port)) {
      ports.add(port);
    }
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
