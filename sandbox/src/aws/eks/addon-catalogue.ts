import { z } from "zod";
import type { Operation } from "./eks";
import { EksError } from "./errors";
import { page } from "./page";

interface CatalogueEntry {
  readonly name: string;
  readonly type: string;
  /** Newest first. A `v1.MINOR` stands for the cluster's own minor version. */
  readonly versions: readonly string[];
  /** Where the add-on's service accounts live. */
  readonly namespace: string;
  /** Whether its pods need nodes or Fargate before the add-on can be active; DaemonSets do not. */
  readonly needsCompute: boolean;
}

/**
 * The add-ons of EKS that a cluster of this project may have. The versions are examples of the right form; AWS has many
 * more, and which ones it offers today only AWS can tell.
 */
const catalogue: readonly CatalogueEntry[] = [
  daemonSet("vpc-cni", "networking", ["v1.22.4-eksbuild.1", "v1.21.1-eksbuild.1", "v1.20.4-eksbuild.2"]),
  daemonSet("kube-proxy", "networking", ["v1.MINOR.0-eksbuild.2", "v1.MINOR.0-eksbuild.1"]),
  daemonSet("eks-pod-identity-agent", "security", ["v1.3.10-eksbuild.2", "v1.3.8-eksbuild.2"]),
  daemonSet("eks-node-monitoring-agent", "observability", ["v1.5.0-eksbuild.1"]),
  deployment("coredns", "networking", ["v1.13.1-eksbuild.1", "v1.12.4-eksbuild.1"]),
  deployment("aws-ebs-csi-driver", "storage", ["v1.55.0-eksbuild.1", "v1.53.0-eksbuild.1"]),
  deployment("aws-efs-csi-driver", "storage", ["v2.2.0-eksbuild.1"]),
  deployment("aws-mountpoint-s3-csi-driver", "storage", ["v2.2.1-eksbuild.1"]),
  deployment("snapshot-controller", "storage", ["v8.3.0-eksbuild.1"]),
  deployment("metrics-server", "observability", ["v0.8.0-eksbuild.5"]),
  deployment("kube-state-metrics", "observability", ["v2.17.0-eksbuild.4"], "kube-state-metrics"),
  daemonSet("prometheus-node-exporter", "observability", ["v1.10.2-eksbuild.2"], "prometheus-node-exporter"),
  deployment("cert-manager", "security", ["v1.19.1-eksbuild.1"], "cert-manager"),
  deployment("external-dns", "networking", ["v0.20.0-eksbuild.1"], "external-dns"),
  deployment("amazon-cloudwatch-observability", "observability", ["v4.7.0-eksbuild.1"], "amazon-cloudwatch"),
];

function daemonSet(name: string, type: string, versions: readonly string[], namespace = "kube-system"): CatalogueEntry {
  return { name, type, versions, namespace, needsCompute: false };
}

function deployment(
  name: string,
  type: string,
  versions: readonly string[],
  namespace = "kube-system",
): CatalogueEntry {
  return { name, type, versions, namespace, needsCompute: true };
}

/** @throws EksError InvalidParameterException when EKS has no such add-on */
export function addonNamed(name: string): CatalogueEntry {
  const entry = catalogue.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    throw new EksError("InvalidParameterException", `Addon ${name} specified is not supported`);
  }
  return entry;
}

/** The version that EKS takes when none is asked for. */
export function defaultAddonVersion(entry: CatalogueEntry, kubernetesVersion: string): string {
  return forKubernetes(entry.versions[0] ?? "", kubernetesVersion);
}

/** @throws EksError InvalidParameterException when a version cannot be one of the add-on's for this Kubernetes version */
export function checkAddonVersion(entry: CatalogueEntry, version: string, kubernetesVersion: string): void {
  const wellFormed = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version);
  const bound = entry.versions.some((known) => known.includes("MINOR"));
  if (!wellFormed || (bound && !version.startsWith(`v${kubernetesVersion}.`))) {
    throw new EksError(
      "InvalidParameterException",
      `Addon version specified is not supported: ${entry.name} ${version} with Kubernetes ${kubernetesVersion}`,
    );
  }
}

export const describeAddonVersions: Operation = (_eks, { query }) => {
  const name = query.get("addonName");
  const kubernetesVersion = query.get("kubernetesVersion") ?? "1.35";
  return page(
    "addons",
    catalogue
      .filter((entry) => name === null || entry.name === name)
      .map((entry) => ({
        addonName: entry.name,
        type: entry.type,
        owner: "aws",
        publisher: "eks",
        defaultNamespace: entry.namespace,
        addonVersions: entry.versions.map((version, index) => ({
          addonVersion: forKubernetes(version, kubernetesVersion),
          architecture: ["amd64", "arm64"],
          computeTypes: entry.needsCompute ? ["ec2", "fargate", "auto"] : ["ec2"],
          compatibilities: [
            { clusterVersion: kubernetesVersion, platformVersions: ["*"], defaultVersion: index === 0 },
          ],
          requiresConfiguration: false,
          requiresIamPermissions: false,
        })),
      })),
    query,
  );
};

const anyObject = JSON.stringify({ $schema: "http://json-schema.org/draft-06/schema#", type: "object" });

/** The schema of an add-on's configuration. The real ones are AWS's own; here every object passes. */
export const describeAddonConfiguration: Operation = (_eks, { query }) => ({
  addonName: addonNamed(query.get("addonName") ?? "").name,
  addonVersion: query.get("addonVersion"),
  configurationSchema: anyObject,
  podIdentityConfiguration: [],
});

/** Reads an add-on's configuration: a JSON or YAML object. */
export const configurationObject = z.record(z.string(), z.unknown());

function forKubernetes(version: string, kubernetesVersion: string): string {
  return version.replace("1.MINOR", kubernetesVersion);
}
