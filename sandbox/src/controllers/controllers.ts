import { join } from "node:path";
import { connect } from "node:tls";
import { z } from "zod";
import type { Aws } from "../aws/start";
import type { SandboxFolder } from "../folder";
import type { ServiceName } from "../kubernetes/cluster-egress";
import type { ControlPlane } from "../kubernetes/control-plane";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import type { AddressedKind } from "../kubernetes/load-balancer-addresses";
import { freeLoopbackPorts } from "../kubernetes/ports";
import { marker } from "../marked-processes";
import { type Repetition, repeatedly } from "../repeatedly";
import type { SandboxReport } from "../report";
import { Certificates } from "./certificates";
import { type ControllerPod, controllerPods, programOf } from "./deployments";
import { awsIdentity, serviceAccountKubeconfig } from "./identity";
import { type RunningProgram, runOnLoopback, writeSecretFiles } from "./process";
import { controllerPrograms, servesAddress } from "./programs";

export interface ControllersProps {
  /** Path of each controller's own program, by its name; see {@link findPrograms}. */
  readonly programs: ReadonlyMap<string, string>;
  readonly folder: SandboxFolder;
  readonly aws: Aws;
  readonly controlPlane: ControlPlane;
  readonly clusterName: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the cluster's Deployments. */
const interval = 500;

const secretSchema = z.looseObject({ data: z.record(z.string(), z.string()).default({}) });
const classSchema = z.looseObject({
  spec: z.looseObject({ controller: z.string().optional(), controllerName: z.string().optional() }),
});
const classCollections: Readonly<Record<Exclude<AddressedKind, "Service">, string>> = {
  Ingress: "/apis/networking.k8s.io/v1/ingressclasses",
  Gateway: "/apis/gateway.networking.k8s.io/v1/gatewayclasses",
};

/** Starts of a program that keeps ending before it is given up. */
const starts = 3;

interface Running {
  readonly pod: ControllerPod;
  readonly process: RunningProgram;
  readonly starts: number;
}

/**
 * The controllers of the cluster that run for real: for each Deployment of a program that can be had, one process in the
 * place of its pods, with the Deployment's arguments, its service account's token and its IAM role.
 */
export class Controllers {
  private readonly certificatesOf: Certificates;
  private readonly processes = new Map<string, Running>();
  private readonly endedPods: ControllerPod[] = [];
  private readonly classes = new Map<string, string>();
  private readonly ports = new Map<string, number>();
  private readonly looking: Repetition;

  private constructor(
    private readonly props: ControllersProps,
    private readonly freePorts: readonly number[],
  ) {
    this.certificatesOf = new Certificates(props.controlPlane.api, join(props.folder.root, "authority"));
    this.looking = repeatedly(interval, () => this.look(), props.onError);
  }

  static async start(props: ControllersProps): Promise<Controllers> {
    return new Controllers(props, await freeLoopbackPorts(Object.keys(controllerPrograms).length));
  }

  /** Whether a controller answers behind this Service, now or once its process listens. */
  readonly answersFor = (service: ServiceName): boolean => {
    const name = [...this.props.programs.keys()].find(
      (each) => controllerPrograms[each]?.webhook?.service === service.name,
    );
    if (name === undefined) {
      return false;
    }
    this.props.controlPlane.egress.route(service, this.webhookPort(name));
    return true;
  };

  /** Whether the program of an image would answer its webhook's calls by now; one that does not run here does. */
  readonly answers = async (image: string): Promise<boolean> => {
    const name = programOf(image);
    const isPlayed = this.props.programs.has(name) && controllerPrograms[name]?.webhook !== undefined;
    return !isPlayed || (await acceptsTls(this.webhookPort(name)));
  };

  /** Whether a controller gives this object its address. */
  readonly isServed = (kind: AddressedKind, object: KubernetesObject): boolean => {
    const programs = [...this.props.programs.keys()].flatMap((name) => controllerPrograms[name] ?? []);
    return servesAddress(programs, kind, object, (_, className) => this.classes.get(`${kind}/${className}`));
  };

  /** Every Deployment that had a process, and what became of it. */
  get states(): SandboxReport["controllers"] {
    const states = new Map(this.endedPods.map((pod) => [nameOf(pod), { pod, state: "ended with its Deployment" }]));
    for (const { pod, process } of this.processes.values()) {
      states.set(nameOf(pod), { pod, state: process.ended() ?? "running" });
    }
    return [...states].map(([deployment, { pod, state }]) => ({ program: pod.program, deployment, state }));
  }

  get certificates(): readonly string[] {
    return this.certificatesOf.signed;
  }

  async stop(): Promise<void> {
    await this.looking.stop();
    await Promise.all([...this.processes.values()].map(({ process }) => process.stop()));
  }

  private async look(): Promise<void> {
    if (this.props.programs.size === 0) {
      return;
    }
    const { api } = this.props.controlPlane;
    for (const [kind, path] of Object.entries(classCollections)) {
      for (const object of (await api.list(path))?.items ?? []) {
        const { controller, controllerName } = classSchema.parse(object).spec;
        this.classes.set(`${kind}/${object.metadata.name}`, controller ?? controllerName ?? "");
      }
    }
    await this.certificatesOf.reconcile();
    const pods = await controllerPods(api, [...this.props.programs.keys()]);
    for (const [key, { pod, process }] of this.processes) {
      if (!pods.some(({ version }) => version === pod.version)) {
        await process.stop();
        this.processes.delete(key);
        this.endedPods.push(pod);
      }
    }
    for (const pod of pods) {
      await this.keepRunning(pod);
    }
  }

  private async keepRunning(pod: ControllerPod): Promise<void> {
    const before = this.processes.get(pod.version);
    if (before !== undefined && (before.process.ended() === undefined || before.starts === starts)) {
      return;
    }
    const process = await this.launch(pod);
    if (process !== undefined) {
      this.processes.set(pod.version, { pod, process, starts: (before?.starts ?? 0) + 1 });
    }
  }

  /** Undefined while a Secret that the pod mounts is missing: the kubelet would not start it either. */
  private async launch(pod: ControllerPod): Promise<RunningProgram | undefined> {
    const { folder, aws, controlPlane } = this.props;
    const program = this.props.programs.get(pod.program);
    const known = controllerPrograms[pod.program];
    if (program === undefined || known === undefined) {
      return undefined;
    }
    const home = join(folder.root, "controllers", `${pod.namespace}-${pod.deployment}`);
    for (const [index, name] of pod.secrets.entries()) {
      const secret = await controlPlane.api.get(`/api/v1/namespaces/${pod.namespace}/secrets/${name}`);
      if (secret === undefined) {
        return undefined;
      }
      writeSecretFiles(join(home, `secret-${index}`), secretSchema.parse(secret).data);
    }
    const kubeconfig = await serviceAccountKubeconfig(controlPlane, pod, home);
    const identity = await awsIdentity(this.props, pod, home);
    return runOnLoopback({
      program,
      args: [...pod.args, ...known.args({ ...pod, kubeconfig, secret: (index) => join(home, `secret-${index}`) })],
      environment: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        ...pod.environment,
        ...identity,
        [marker]: folder.root,
      },
      reach: [aws.endpoint, controlPlane.server],
      ...(known.webhook === undefined
        ? {}
        : { expose: { inside: known.webhook.port, outside: this.webhookPort(pod.program) } }),
      log: join(home, "log"),
    });
  }

  /** The port of 127.0.0.1 that leads to a program's webhook, the same one whenever it runs. */
  private webhookPort(program: string): number {
    const port = this.ports.get(program) ?? this.freePorts[this.ports.size] ?? 0;
    this.ports.set(program, port);
    return port;
  }
}

/** Whether a program behind a port of this machine completes a TLS handshake. */
function acceptsTls(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}

function nameOf({ namespace, deployment }: ControllerPod): string {
  return `${namespace}/${deployment}`;
}
