import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { projectName } from "../cache-folder";
import type { ClientCertificate } from "./kubeconfig";
import { playedNode } from "./nodes";
import { freeLoopbackPorts } from "./ports";
import { endLeftovers, findLeftovers } from "./processes";
import type { Programs } from "./programs";
import { kwokStages } from "./stages";

export interface ClusterProps {
  readonly name: string;
  readonly workDir: string;
  readonly programs: Programs;
  readonly apiServerPort?: number;
  readonly webhookAuthConfigFile?: string;
  /** Configuration of the scheduler, in its own format. Default: the scheduler's own. */
  readonly schedulerConfiguration?: string;
  readonly waitForImages?: boolean;
}

/** Where everything of one cluster lies, as absolute paths. */
export interface ClusterFolders {
  /** Everything else is below this folder, but for the socket. */
  readonly root: string;
  readonly logs: string;
  readonly pids: string;
  readonly keys: string;
  /** Not below the root: a socket's path may have about 100 bytes only. */
  readonly egressSocket: string;
}

export function foldersOf({ workDir, name }: Pick<ClusterProps, "workDir" | "name">): ClusterFolders {
  const root = join(resolve(workDir), name);
  const cluster = join(root, "clusters", name);
  const hash = createHash("sha256").update(root).digest("hex").slice(0, 12);
  return {
    root,
    logs: join(cluster, "logs"),
    pids: join(cluster, "pids"),
    keys: join(cluster, "pki"),
    egressSocket: join(tmpdir(), `${projectName}-${hash}.sock`),
  };
}

/** How an administrator reaches the API server. */
export interface Connection {
  /** For example `https://127.0.0.1:20443`. */
  readonly server: string;
  /** PEM. */
  readonly caCertificate: string;
  readonly user: ClientCertificate;
}

/** Milliseconds until a cluster that does not come up is given up. */
export const startTimeout = 120_000;

/** EKS's own choice when the VPC lies in 10.0.0.0/8; the API server's default would overlap with such a VPC. */
const serviceCidr = "172.20.0.0/16";

/** Address of the Service `kubernetes`: the first one. */
const kubernetesService = "172.20.0.1";

/** Address that the API server announces for itself; see {@link kwokctlConfig}. */
export const announcedAddress = "192.0.2.1";

/** Where clients outside the VPC reach it, where there is a VPC whose packets flow. */
export const publicAddress = "192.0.2.5";

const schedulerFile = "scheduler.json";

/**
 * Lets kwokctl start the programs of a cluster as processes that listen on 127.0.0.1 only.
 *
 * @returns how to reach its API server as an administrator; it may not be ready yet
 * @throws Error when kwokctl fails or a program ends right after its start
 */
export async function createCluster(props: ClusterProps, egressConfigText: string): Promise<Connection> {
  const { root, pids, keys } = foldersOf(props);
  await mkdir(root, { recursive: true });
  const egressConfigFile = join(root, "egress.json");
  await writeFile(egressConfigFile, egressConfigText);
  // All ports are chosen here: kwokctl counts down from one fixed number, where two starting at once would meet.
  const [apiServerPort, ...otherPorts] = await freeLoopbackPorts(6);
  const port = props.apiServerPort ?? apiServerPort ?? 0;
  const configFile = join(root, "kwokctl.yaml");
  if (props.schedulerConfiguration !== undefined) {
    await writeFile(join(root, schedulerFile), props.schedulerConfiguration);
  }
  const config = kwokctlConfig(props, port, otherPorts, egressConfigFile);
  const documents = [config, ...kwokStages(props.waitForImages ?? false)];
  await writeFile(configFile, documents.map((document) => `${JSON.stringify(document, null, 2)}\n`).join("---\n"));

  const finished = new AbortController();
  const created = runKwokctl(props, ["create", "cluster", "--config", configFile], finished.signal);
  // kwokctl would wait two minutes for an API server that has ended at once.
  const watched = throwWhenOneEnds(root, pids, finished.signal);
  try {
    await Promise.race([created, watched]);
  } finally {
    finished.abort();
    await Promise.allSettled([created, watched]);
  }
  const pem = (file: string) => readFile(join(keys, file), "utf8");
  return {
    server: `https://127.0.0.1:${port}`,
    caCertificate: await pem("ca.crt"),
    user: { kind: "clientCertificate", certificate: await pem("admin.crt"), key: await pem("admin.key") },
  };
}

/**
 * Ends every process of a cluster and removes its files, whoever started it and whether they still live. Does what
 * `kwokctl delete cluster` does, but works after a crash in the middle of the start too, and checks the outcome.
 *
 * @throws Error naming the processes that could not be ended
 */
export async function deleteCluster(cluster: Pick<ClusterProps, "workDir" | "name">): Promise<void> {
  const { root, egressSocket } = foldersOf(cluster);
  await endLeftovers(root);
  await rm(root, { recursive: true, force: true });
  await rm(egressSocket, { force: true });
}

function kwokctlConfig(props: ClusterProps, port: number, otherPorts: readonly number[], egressConfigFile: string) {
  const { paths } = props.programs;
  const [etcdPort, etcdPeerPort, kubeControllerManagerPort, kubeSchedulerPort, kwokControllerPort] = otherPorts;
  const apiServerArgs = {
    "service-cluster-ip-range": serviceCidr,
    "egress-selector-config-file": egressConfigFile,
    // The API server wants to announce an address that is not loopback, and fails where the machine has none. Nobody
    // connects to this one: it is of a range reserved for documentation. Where nodes run pods, their network has it.
    "advertise-address": announcedAddress,
    ...(props.webhookAuthConfigFile === undefined
      ? {}
      : {
          "authentication-token-webhook-config-file": resolve(props.webhookAuthConfigFile),
          "authentication-token-webhook-version": "v1",
          // The default keeps a token's user for two minutes; a changed access entry should count at once.
          "authentication-token-webhook-cache-ttl": "1s",
        }),
  };
  return {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokctlConfiguration",
    options: {
      runtime: "binary",
      bindAddress: "127.0.0.1",
      kubeApiserverPort: port,
      etcdPort,
      etcdPeerPort,
      kubeControllerManagerPort,
      kubeSchedulerPort,
      kwokControllerPort,
      kubeAuthorization: true,
      kubeAdmission: true,
      kubeApiserverCertSANs: [announcedAddress, publicAddress, kubernetesService, "kubernetes.default.svc"],
      ...(props.schedulerConfiguration === undefined
        ? {}
        : { kubeSchedulerConfig: join(foldersOf(props).root, schedulerFile) }),
      etcdBinary: paths.etcd,
      kubeApiserverBinary: paths["kube-apiserver"],
      kubeControllerManagerBinary: paths["kube-controller-manager"],
      kubeSchedulerBinary: paths["kube-scheduler"],
      kubectlBinary: paths.kubectl,
      kwokControllerBinary: paths.kwok,
    },
    componentsPatches: [
      { name: "kube-apiserver", extraArgs: extraArgs(apiServerArgs) },
      {
        name: "kwok-controller",
        extraArgs: extraArgs({
          "manage-all-nodes": "false",
          "manage-nodes-with-annotation-selector": `${playedNode.key}=${playedNode.value}`,
        }),
      },
    ],
  };
}

function extraArgs(args: Readonly<Record<string, string>>) {
  return Object.entries(args).map(([key, value]) => ({ key, value }));
}

async function throwWhenOneEnds(root: string, pids: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(250, undefined, { signal }).catch(() => undefined);
    const started = await readdir(pids).catch(() => []);
    const running = (await findLeftovers(root)).map(({ program }) => `${program}.pid`);
    const ended = started.filter((file) => !running.includes(file)).map((file) => file.replace(".pid", ""));
    if (ended.length > 0 && !signal.aborted) {
      throw new Error(`ended right after the start: ${ended.join(", ")}`);
    }
  }
}

async function runKwokctl(props: ClusterProps, args: readonly string[], signal: AbortSignal): Promise<void> {
  const { root } = foldersOf(props);
  try {
    await promisify(execFile)(props.programs.paths.kwokctl, ["--name", props.name, ...args], {
      cwd: root,
      timeout: startTimeout,
      signal,
      // kwokctl adds its clusters to the kubeconfig in use; the user's own is none of its business.
      env: { ...process.env, KWOK_WORKDIR: root, KUBECONFIG: join(root, "kwokctl.kubeconfig") },
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`kwokctl ${args.join(" ")} failed: ${output}`, { cause: error });
  }
}
