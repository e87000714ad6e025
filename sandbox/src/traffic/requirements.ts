import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Debian packages of the programs that a node and its doors are made of. */
const packageOf = {
  ip: "iproute2",
  nft: "nftables",
  iptables: "iptables",
  nsenter: "util-linux",
  unshare: "util-linux",
  containerd: "containerd",
  runc: "runc",
  haproxy: "haproxy",
  nginx: "nginx-light",
  openssl: "openssl",
  curl: "curl",
} as const;

/** Where Debian's containernetworking-plugins lie. */
export const cniFolder = "/usr/lib/cni";

export interface Machine {
  readonly platform: string;
  readonly userId: number | undefined;
  readonly hasProgram: (name: string) => boolean;
  readonly hasFile: (path: string) => boolean;
}

/** Why pods cannot run for real on this machine, each reason with what to do; none where they can. */
export function reasonsAgainstTraffic({ platform, userId, hasProgram, hasFile }: Machine): readonly string[] {
  if (platform !== "linux") {
    return [`pods run in namespaces of Linux, and this is ${platform}`];
  }
  const missing = Object.entries(packageOf).flatMap(([program, name]) => (hasProgram(program) ? [] : [name]));
  const packages = [
    ...new Set([...missing, ...(hasFile(join(cniFolder, "ptp")) ? [] : ["containernetworking-plugins"])]),
  ];
  return [
    ...(userId === 0 ? [] : ["only root may make network namespaces and mounts: run it as root"]),
    ...(packages.length === 0 ? [] : [`programs are missing: apt-get install ${packages.join(" ")}`]),
  ];
}

export const thisMachine: Machine = {
  platform: process.platform,
  userId: process.getuid?.(),
  hasProgram: (name) => searchPath().some((folder) => isThere(join(folder, name), constants.X_OK)),
  hasFile: (path) => isThere(path, constants.R_OK),
};

function searchPath(): readonly string[] {
  return [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
}

function isThere(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
