import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { until } from "../waiting";
import { type ClusterEgress, startClusterEgress } from "./cluster-egress";
import { type ClientCertificate, kubeConfigOf } from "./kubeconfig";
import { KubernetesApi, KubernetesApiError } from "./kubernetes-api";
import { createCluster, deleteCluster, foldersOf, startTimeout } from "./kwokctl";
import { type NodesProps, nodeManifests } from "./nodes";
import { findLeftovers } from "./processes";
import type { Programs } from "./programs";

export interface ControlPlaneProps {
  /** Name of the cluster and of the kubeconfig's context: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** A folder NAME for data, logs, keys and the kubeconfig is made in this one; what is in it already is removed. */
  readonly workDir: string;
  readonly programs: Programs;
  readonly nodes: NodesProps;
  /** Port of the API server on 127.0.0.1. Default: a free one. */
  readonly apiServerPort?: number;
  /** Kubeconfig-shaped file that tells the API server where the token webhook is. Default: no token webhook. */
  readonly webhookAuthConfigFile?: string;
  /** Configuration of the scheduler, in its own format. Default: the scheduler's own. */
  readonly schedulerConfiguration?: string;
  /** Whether pods run only once somebody has said that their images are pulled. Default: at once. */
  readonly waitForImages?: boolean;
}

/** A running control plane. */
export interface ControlPlane {
  /** For example `https://127.0.0.1:20443`; what DescribeCluster has to answer as the endpoint. */
  readonly server: string;
  /** The API server's CA as PEM. */
  readonly caCertificate: string;
  /** The same as base64, the form of DescribeCluster's `certificateAuthority.data`. */
  readonly caCertificateBase64: string;
  /** Kubeconfig of a cluster administrator, by client certificate: for the sandbox itself, never for Terraform. */
  readonly kubeconfigPath: string;
  readonly adminKubeconfig: string;
  /** The same administrator, for a kubeconfig by which the server is reached elsewhere. */
  readonly administrator: { readonly caCertificate: string; readonly user: ClientCertificate };
  /** As the same administrator. Closed by {@link stop}. */
  readonly api: KubernetesApi;
  /** Where calls of the API server to Services go: nowhere, until a Service is routed to a port of this machine. */
  readonly egress: ClusterEgress;
  /** One log file a program. Gone after {@link stop}. */
  readonly logFolder: string;
  /**
   * Ends every process, removes the control plane's folder and checks that no process is left. May be called twice.
   *
   * @throws Error naming the processes that could not be ended.
   */
  stop(): Promise<void>;
}

/**
 * A real Kubernetes control plane with nodes that KWOK plays, as processes of this machine, every listener on
 * 127.0.0.1. Ready when it returns: the API server answers, the controllers work and every node is Ready.
 *
 * @throws Error when the folder already holds a running one, and when it does not come up within a minute (with the
 * last lines of its logs); nothing is left running then.
 */
export async function startControlPlane(props: ControlPlaneProps): Promise<ControlPlane> {
  const { root, logs, egressSocket } = foldersOf(props);
  const running = await findLeftovers(root);
  if (running.length > 0) {
    throw new Error(
      `${root}: ${running.map(({ program, pid }) => `${program} (process ${pid})`).join(", ")} still run out of this ` +
        "folder, and a second control plane would share their data. Stop that sandbox first, or use another folder.",
    );
  }
  // A crash may have left data of a cluster that no process serves any more.
  await rm(root, { recursive: true, force: true });

  let api: KubernetesApi | undefined;
  const egress = await startClusterEgress(egressSocket, () => api ?? nothingYet);
  const stop = async () => {
    api?.close();
    await egress.close();
    await deleteCluster(props);
  };
  try {
    const connection = await createCluster(props, egress.configText);
    const config = kubeConfigOf({ name: props.name, ...connection });
    api = new KubernetesApi(config);
    await whenReady(api, props);
    const adminKubeconfig = config.exportConfig();
    const kubeconfigPath = join(root, "kubeconfig");
    await writeFile(kubeconfigPath, adminKubeconfig, { mode: 0o600 });
    return {
      server: connection.server,
      caCertificate: connection.caCertificate,
      caCertificateBase64: Buffer.from(connection.caCertificate).toString("base64"),
      kubeconfigPath,
      adminKubeconfig,
      administrator: connection,
      api,
      egress,
      logFolder: logs,
      stop,
    };
  } catch (error) {
    const lastLines = await lastLogLines(logs);
    await stop();
    throw new Error(
      `${root}: the control plane "${props.name}" did not come up, so nothing can be applied to it. Its processes are ` +
        `ended. Look at the reason and at the last lines of its logs, then start again.\n${String(error)}\n${lastLines}`,
      { cause: error },
    );
  }
}

/** Before the API server is there, no Service is. */
const nothingYet = { list: async () => undefined };

const nodeSchema = z.looseObject({
  status: z.looseObject({
    conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional(),
  }),
});

async function whenReady(api: KubernetesApi, props: ControlPlaneProps): Promise<void> {
  const ready = (what: string, done: () => Promise<boolean>) =>
    until(what, startTimeout / 1000, () => done().catch(notYet));
  await ready("the API server's /readyz", async () => (await api.send("GET", "/readyz")) === "ok");
  for (const node of nodeManifests(props.nodes, props.programs.kubernetesVersion)) {
    await api.create(node);
  }
  // Pods cannot be made before the controller manager has given the namespace its service account.
  const account = "/api/v1/namespaces/default/serviceaccounts/default";
  await ready("the default service account", async () => (await api.get(account)) !== undefined);
  await ready("every node Ready", async () => {
    const nodes = (await api.list("/api/v1/nodes"))?.items ?? [];
    return nodes.every((node) =>
      nodeSchema.parse(node).status.conditions?.some(({ type, status }) => type === "Ready" && status === "True"),
    );
  });
}

/** A server that is coming up refuses connections or says that it is not ready; anything else is a real fault. */
function notYet(error: unknown): false {
  const passing =
    error instanceof KubernetesApiError
      ? error.status === 403 || error.status >= 500
      : error instanceof Error && "code" in error;
  if (!passing) {
    throw error;
  }
  return false;
}

async function lastLogLines(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  const tails = files.map(async (file) => {
    const lines = (await readFile(join(folder, file), "utf8")).trimEnd().split("\n");
    return `--- ${file}\n${lines.slice(-10).join("\n")}`;
  });
  return (await Promise.all(tails)).join("\n");
}
