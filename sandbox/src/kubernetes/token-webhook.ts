import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import { listenOnLoopback } from "../loopback-server";
import { type AccessEntry, accessEntryOf, type CallerIdentity, principalOf, usernameOf } from "./access-entries";
import { accessPolicyGroups } from "./access-policies";
import { callerIdentity } from "./caller-identity";
import { decodeEksToken, EksTokenError, isEksToken, isSignedFor } from "./eks-token";

export interface TokenWebhookProps {
  /** Name of the EKS cluster that tokens have to be for. */
  readonly clusterName: string;
  /** The AWS endpoint, as in `AWS_ENDPOINT_URL`; tokens must point at it, and STS is asked there. */
  readonly awsEndpoint: string;
  /** The cluster's access entries as they are now. Asked for every token. */
  readonly accessEntries: (clusterName: string) => Promise<readonly AccessEntry[]>;
  /** Puts the entries' policies into effect. Awaited before a user of theirs is let in. */
  readonly applyAccessPolicies: (entries: readonly AccessEntry[]) => Promise<void>;
  /**
   * The secret of an access key when the sandbox knows it, undefined when not. With it the token's signature is checked,
   * and with that the name of the cluster it was made for. Default: no secret is known, no signature is checked.
   */
  readonly secretAccessKey?: (accessKeyId: string) => string | undefined;
}

export interface TokenWebhook {
  /** For example `http://127.0.0.1:40123/authenticate`. */
  readonly url: string;
  /** Content of the file that the API server takes as `--authentication-token-webhook-config-file`. */
  readonly configText: string;
  close(): Promise<void>;
}

interface UserInfo {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

const tokenReviewSchema = z.object({ spec: z.object({ token: z.string() }) });

/**
 * The API server's token webhook of an EKS cluster: who signed the token, says STS; whether that principal gets in and
 * as whom, say the cluster's access entries. Listens on 127.0.0.1 without TLS.
 */
export async function startTokenWebhook(props: TokenWebhookProps): Promise<TokenWebhook> {
  const server = createServer((request, response) => {
    review(request, props).then(
      (status) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status }));
      },
      (error: unknown) => {
        response.writeHead(500, { "content-type": "text/plain" });
        response.end(String(error));
      },
    );
  });
  const { address, close } = await listenOnLoopback(server);
  const url = `${address}/authenticate`;
  return { url, configText: webhookConfigText(url), close };
}

type TokenReviewStatus =
  | { readonly authenticated: true; readonly user: UserInfo }
  | { readonly authenticated: false; readonly error?: string };

async function review(request: IncomingMessage, props: TokenWebhookProps): Promise<TokenReviewStatus> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const { token } = tokenReviewSchema.parse(body).spec;
  if (!isEksToken(token)) {
    return { authenticated: false };
  }
  try {
    return { authenticated: true, user: await userOf(token, props) };
  } catch (error) {
    // Of anything else the token is not to blame: the API server asks again after an internal error.
    if (!(error instanceof EksTokenError)) {
      throw error;
    }
    return { authenticated: false, error: error.message };
  }
}

async function userOf(token: string, props: TokenWebhookProps): Promise<UserInfo> {
  const { clusterName, awsEndpoint } = props;
  const decoded = decodeEksToken(token, awsEndpoint);
  const secret = props.secretAccessKey?.(decoded.accessKeyId);
  if (secret !== undefined && !isSignedFor(decoded, clusterName, secret)) {
    throw new EksTokenError(
      `the token is not signed for cluster ${clusterName} with the secret of ${decoded.accessKeyId}`,
    );
  }
  const caller = await callerIdentity(awsEndpoint, decoded);
  const entries = await props.accessEntries(clusterName);
  const entry = accessEntryOf(principalOf(caller.arn), entries);
  if (entry === undefined) {
    throw new EksTokenError(`${caller.arn} has no access entry on cluster ${clusterName}`);
  }
  const groups = [...entry.groups, ...accessPolicyGroups(entry)];
  await props.applyAccessPolicies(entries);
  return {
    username: usernameOf(entry, caller),
    uid: `aws-iam-authenticator:${caller.account}:${caller.userId}`,
    groups,
    extra: extraOf(entry, caller, decoded.accessKeyId),
  };
}

/** The extra fields that EKS gives its users; they appear in audit logs and CertificateSigningRequests. */
function extraOf(entry: AccessEntry, caller: CallerIdentity, accessKeyId: string): UserInfo["extra"] {
  const { sessionName } = principalOf(caller.arn);
  return {
    accessKeyId: [accessKeyId],
    arn: [caller.arn],
    canonicalArn: [entry.principalArn],
    principalId: [caller.userId],
    sessionName: [sessionName ?? ""],
  };
}

function webhookConfigText(url: string): string {
  const name = "eks-token-webhook";
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: name, user: "kube-apiserver" } }],
    clusters: [{ name, cluster: { server: url } }],
    users: [{ name: "kube-apiserver", user: {} }],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
