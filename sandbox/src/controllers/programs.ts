import { accessSync, constants, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ChartRelease, packageName } from "../charts/releases";
import type { ChartSource } from "../charts/sources";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import type { AddressedKind } from "../kubernetes/load-balancer-addresses";

/** Where a controller's process finds what its pod would find. */
export interface PodFiles {
  readonly namespace: string;
  readonly kubeconfig: string;
  /** Folder with the keys of a mounted Secret as files. */
  readonly secret: (index: number) => string;
}

/** What has to be known of a controller to run its program in the place of its pods. */
export interface ControllerProgram {
  /** Arguments beside those of the Deployment. */
  readonly args: (files: PodFiles) => readonly string[];
  /** The Service behind which its admission webhook is, and the port on which the program listens. */
  readonly webhook?: { readonly service: string; readonly port: number };
  /** Controllers of the classes whose Ingresses and Gateways it gives an address. */
  readonly classControllers: readonly string[];
  /** Class of the Services that it gives an address. */
  readonly loadBalancerClass?: string;
}

const loadBalancerClass = "service.k8s.aws/nlb";

export const controllerPrograms: Readonly<Record<string, ControllerProgram>> = {
  "aws-load-balancer-controller": {
    args: ({ namespace, kubeconfig, secret }) => [
      `--kubeconfig=${kubeconfig}`,
      `--leader-election-namespace=${namespace}`,
      `--webhook-cert-dir=${secret(0)}`,
    ],
    webhook: { service: "aws-load-balancer-webhook-service", port: 9443 },
    classControllers: ["ingress.k8s.aws/alb", "gateway.k8s.aws/alb", "gateway.k8s.aws/nlb"],
    loadBalancerClass,
  },
  "external-dns": { args: ({ kubeconfig }) => [`--kubeconfig=${kubeconfig}`], classControllers: [] },
};

/**
 * The programs of a folder that the sandbox knows how to run, by name.
 *
 * @throws Error when the folder is given and there is none in it
 */
export function findPrograms(folder: string | undefined): ReadonlyMap<string, string> {
  const names = Object.keys(controllerPrograms);
  const found = new Map(
    folder === undefined
      ? []
      : names.map((name) => [name, join(resolve(folder), name)] as const).filter(([, path]) => isProgram(path)),
  );
  if (folder !== undefined && found.size === 0) {
    throw new Error(
      `SANDBOX_CONTROLLERS: ${resolve(folder)} holds none of the programs that can be run here: ${names.join(", ")}. ` +
        "Name a folder that does, or unset it.",
    );
  }
  return found;
}

interface Chart {
  readonly release: Pick<ChartRelease, "chart" | "version">;
  readonly source: ChartSource;
}

/**
 * A program takes its arguments, classes and webhooks from the objects of its own chart. With a stand-in for it, what
 * waits for the program would wait without end.
 *
 * @throws Error that names the charts that are missing
 */
export function refuseWithoutCharts(programs: ReadonlyMap<string, string>, charts: readonly Chart[]): void {
  const missing = charts.filter(({ release, source }) => source.kind === "stand-in" && programs.has(release.chart));
  if (missing.length > 0) {
    const files = missing.map(({ release }) => packageName(release)).join(", ");
    throw new Error(
      `SANDBOX_CONTROLLERS has the program of a chart that cannot be had, and without it nothing tells the program what to do: ${files}. ` +
        "Put the packaged chart into the folder that SANDBOX_CHARTS names, or unset SANDBOX_CONTROLLERS.",
    );
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether one of these programs gives an object its address. */
export function servesAddress(
  programs: readonly ControllerProgram[],
  kind: AddressedKind,
  object: KubernetesObject,
  classController: (kind: AddressedKind, className: string) => string | undefined,
): boolean {
  const spec: Readonly<Record<string, unknown>> = Object(object["spec"]);
  if (kind === "Service") {
    return programs.some((program) => program.loadBalancerClass === (spec["loadBalancerClass"] ?? ""));
  }
  const className = spec[kind === "Ingress" ? "ingressClassName" : "gatewayClassName"];
  const controller = typeof className === "string" ? classController(kind, className) : undefined;
  return controller !== undefined && programs.some(({ classControllers }) => classControllers.includes(controller));
}
