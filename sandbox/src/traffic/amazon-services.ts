import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NamespaceProcess } from "./process";

/** Something of the machine that is reached at an address of the VPC, by way of a Unix socket. */
export interface AmazonService {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly socketPath: string;
}

/**
 * The configuration with which HAProxy leads connections to AWS's own addresses out of the namespace.
 *
 * @param more sections beside these
 */
export function serviceConfiguration(services: readonly AmazonService[], more = ""): string {
  const proxies = services.map(
    ({ name, address, port, socketPath }) =>
      `listen ${name}\n  mode tcp\n  bind ${address}:${port}\n  server ${name} unix@${socketPath}\n`,
  );
  return `defaults
  timeout connect 5s
  # Watches of the Kubernetes API stay open.
  timeout client 24h
  timeout server 24h

${[...proxies, more].join("\n")}`;
}

export function startAmazonServices(
  namespace: string,
  folder: string,
  services: readonly AmazonService[],
  more: string,
): NamespaceProcess {
  const file = join(folder, "services.cfg");
  writeFileSync(file, serviceConfiguration(services, more));
  return NamespaceProcess.start(namespace, "haproxy", ["-db", "-f", file], join(folder, "services.log"));
}
