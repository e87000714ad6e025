import { existsSync, readdirSync } from "node:fs";
import { run } from "../run";

const folder = "/run/netns";

/** Names of a sandbox's network namespaces; none of another sandbox begins with the same. */
export interface NamespaceNames {
  /** The router of the VPC: every packet between nodes, balancers and clients passes it. */
  readonly vpc: string;
  /** Where the load balancers have their network interfaces. */
  readonly balancers: string;
  /** What AWS itself answers in a VPC: the cluster's API, images, names. */
  readonly services: string;
  /** Clients outside the VPC. */
  readonly internet: string;
  readonly node: (index: number) => string;
}

const prefixOf = (sandbox: string) => `foundry.${sandbox}.`;

export function namespaceNames(sandbox: string): NamespaceNames {
  const prefix = prefixOf(sandbox);
  return {
    vpc: `${prefix}vpc`,
    balancers: `${prefix}balancers`,
    services: `${prefix}services`,
    internet: `${prefix}internet`,
    node: (index) => `${prefix}node${index}`,
  };
}

/** Makes a namespace with a loopback interface that is up and packets that are forwarded. */
export async function addNamespace(name: string): Promise<void> {
  await run("ip", ["netns", "add", name]);
  await run("ip", ["-n", name, "link", "set", "lo", "up"]);
  await runIn(name, "sysctl", [
    "-qw",
    "net.ipv4.ip_forward=1",
    "net.ipv4.conf.all.rp_filter=0",
    "net.ipv4.ip_nonlocal_bind=1",
  ]);
}

/** The command line that runs a program in a namespace. `ip netns exec` would take the control groups away. */
export function inNamespace(name: string, program: string, args: readonly string[]): readonly [string, string[]] {
  return ["nsenter", [`--net=${folder}/${name}`, program, ...args]];
}

export async function runIn(name: string, program: string, args: readonly string[], input?: string): Promise<string> {
  const [command, commandArgs] = inNamespace(name, program, args);
  return run(command, commandArgs, input);
}

/** Namespaces of a sandbox that exist, whoever made them. */
export function existingNamespaces(sandbox: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(prefixOf(sandbox))) : [];
}

/** Removes the namespaces of a sandbox; what is in them goes with them. */
export async function deleteNamespaces(sandbox: string): Promise<void> {
  for (const name of existingNamespaces(sandbox)) {
    await run("ip", ["netns", "delete", name]);
  }
}
