import { join } from "node:path";
import type { SandboxFolder } from "../folder";
import { amazonAddresses } from "./addresses";
import { inNamespace, namespaceNames } from "./network/namespaces";

/** The names of the VPC are asked of its own resolver, in a mount namespace that ends with the program. */
const withResolver = 'mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && shift && exec "$@"';

/** File with the address of the resolver, in the form of `/etc/resolv.conf`. */
export const resolverFile = (folder: SandboxFolder) => join(folder.root, "traffic", "resolv.conf");

/** Certificate of the authority that signs for ACM. */
export const authorityFile = (folder: SandboxFolder) => join(folder.root, "authority", "ca.crt");

/** The command line of a program that sees what a client on the internet sees. */
export function onTheInternet(
  folder: SandboxFolder,
  program: string,
  args: readonly string[],
): readonly [string, string[]] {
  const { internet } = namespaceNames(folder.name);
  return inNamespace(internet, "unshare", [
    ...["--mount", "sh", "-c", withResolver, "sh", resolverFile(folder), program],
    ...args,
  ]);
}

/** How the cluster is reached from outside the VPC, as the administrator. */
export const outsideKubeconfig = (folder: SandboxFolder) => join(folder.root, "traffic", "kubeconfig");

/** Where the AWS API is reached in the sandbox's network. */
export const awsApi = `http://${amazonAddresses.api}`;

/** What programs need in their environment to trust the sandbox's authority. */
export function trusting(folder: SandboxFolder): Readonly<Record<string, string>> {
  const file = authorityFile(folder);
  return { CURL_CA_BUNDLE: file, SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file, REQUESTS_CA_BUNDLE: file };
}
