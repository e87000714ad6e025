import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** How to reach an API server and as whom. Certificates and keys are PEM. */
export interface Connection {
  /** For example `https://127.0.0.1:20443`. */
  readonly server: string;
  readonly caCertificate: string;
  readonly credentials: ClientCertificate | BearerToken;
}

export interface ClientCertificate {
  readonly kind: "clientCertificate";
  readonly certificate: string;
  readonly key: string;
}

export interface BearerToken {
  readonly kind: "bearerToken";
  readonly token: string;
}

const kubeconfigSchema = z.object({
  "current-context": z.string(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: z.string(),
        "certificate-authority": z.string().optional(),
        "certificate-authority-data": z.string().optional(),
      }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({
        token: z.string().optional(),
        "client-certificate": z.string().optional(),
        "client-certificate-data": z.string().optional(),
        "client-key": z.string().optional(),
        "client-key-data": z.string().optional(),
      }),
    }),
  ),
});

/**
 * The connection of a kubeconfig's current context: a client certificate or a token, inline or in files.
 *
 * @throws Error when the context, its certificates or its credentials are missing; `exec` credentials are not run.
 */
export function readKubeconfig(path: string): Connection {
  const config = kubeconfigSchema.parse(parse(readFileSync(path, "utf8")));
  const context = config.contexts.find(({ name }) => name === config["current-context"])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (cluster === undefined || user === undefined) {
    throw new Error(
      `${path}: current-context "${config["current-context"]}" names no cluster or no user of this file, so there is ` +
        "nothing to connect to. Write a context whose cluster and user are both in the file.",
    );
  }
  const pem = (inline: string | undefined, file: string | undefined, field: string): string => {
    if (inline !== undefined) {
      return Buffer.from(inline, "base64").toString("utf8");
    }
    if (file !== undefined) {
      return readFileSync(resolve(dirname(path), file), "utf8");
    }
    throw new Error(
      `${path}: the current context has neither ${field} nor ${field}-data, so the API server cannot be reached ` +
        "safely. Write one of the two.",
    );
  };
  return {
    server: cluster.server,
    caCertificate: pem(
      cluster["certificate-authority-data"],
      cluster["certificate-authority"],
      "certificate-authority",
    ),
    credentials:
      user.token === undefined
        ? {
            kind: "clientCertificate",
            certificate: pem(user["client-certificate-data"], user["client-certificate"], "client-certificate"),
            key: pem(user["client-key-data"], user["client-key"], "client-key"),
          }
        : { kind: "bearerToken", token: user.token },
  };
}

/** A kubeconfig with everything inline, so that it works from any folder. JSON, which every YAML reader takes. */
export function kubeconfigText(name: string, connection: Connection): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const { credentials } = connection;
  const user =
    credentials.kind === "bearerToken"
      ? { token: credentials.token }
      : {
          "client-certificate-data": base64(credentials.certificate),
          "client-key-data": base64(credentials.key),
        };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [
      {
        name,
        cluster: { server: connection.server, "certificate-authority-data": base64(connection.caCertificate) },
      },
    ],
    users: [{ name, user }],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
