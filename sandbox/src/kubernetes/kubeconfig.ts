import { KubeConfig, type User } from "@kubernetes/client-node";

export interface KubeConfigProps {
  /** Of its one context, cluster and user. */
  readonly name: string;
  /** For example `https://127.0.0.1:20443`. */
  readonly server: string;
  /** PEM. */
  readonly caCertificate: string;
  readonly user: ClientCertificate | BearerToken;
}

export interface ClientCertificate {
  readonly kind: "clientCertificate";
  /** PEM, as the key. */
  readonly certificate: string;
  readonly key: string;
}

export interface BearerToken {
  readonly kind: "bearerToken";
  readonly token: string;
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** How to reach an API server and as whom, with everything inline, so that what it exports works from any folder. */
export function kubeConfigOf({ name, server, caCertificate, user }: KubeConfigProps): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name, server, caData: base64(caCertificate), skipTLSVerify: false },
    userOf(name, user),
  );
  return config;
}

function userOf(name: string, user: ClientCertificate | BearerToken): User {
  return user.kind === "bearerToken"
    ? { name, token: user.token }
    : { name, certData: base64(user.certificate), keyData: base64(user.key) };
}
