import type { Operation } from "./eks";
import { EksError } from "./errors";

interface KubernetesVersion {
  readonly version: string;
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** The versions that EKS offers, oldest first, with their dates (the EKS user guide and endoflife.date, 2026-08-22). */
const kubernetesVersions: readonly KubernetesVersion[] = [
  row("1.31", "2024-09-26", "2025-11-26", "2026-11-26"),
  row("1.32", "2025-01-23", "2026-03-23", "2027-03-23"),
  row("1.33", "2025-05-29", "2026-07-29", "2027-07-29"),
  row("1.34", "2025-10-02", "2026-12-02", "2027-12-02"),
  row("1.35", "2026-01-28", "2027-03-27", "2028-03-27"),
  row("1.36", "2026-06-02", "2027-08-02", "2028-08-02"),
];

/** The version of a cluster that is made without one. */
export const defaultVersion = "1.35";

function row(
  version: string,
  released: string,
  endOfStandardSupport: string,
  endOfExtendedSupport: string,
): KubernetesVersion {
  return { version, released, endOfStandardSupport, endOfExtendedSupport };
}

/** @throws EksError InvalidParameterException when EKS does not offer the version */
export function checkOffered(version: string): void {
  if (!kubernetesVersions.some((offered) => offered.version === version)) {
    throw new EksError("InvalidParameterException", `unsupported Kubernetes version ${version}`);
  }
}

/**
 * Checks a step from one version of the control plane to another.
 *
 * @throws EksError InvalidParameterException unless it goes exactly one minor version up
 */
export function checkUpgrade(from: string, to: string): void {
  checkOffered(to);
  const step = minor(to) - minor(from);
  if (step === 0) {
    throw new EksError("InvalidParameterException", `Cluster is already at version ${to}`);
  }
  if (step !== 1) {
    throw new EksError(
      "InvalidParameterException",
      `Unsupported Kubernetes minor version update from ${from} to ${to}`,
    );
  }
}

/** The number after the dot. */
export function minor(version: string): number {
  return Number(version.split(".")[1]);
}

export const describeClusterVersions: Operation = (_eks, { query }) => {
  const wanted = query.getAll("clusterVersions");
  return {
    clusterVersions: kubernetesVersions
      .filter(({ version }) => wanted.length === 0 || wanted.includes(version))
      .filter(({ version }) => query.get("defaultOnly") !== "true" || version === defaultVersion)
      .filter((offered) => [null, versionStatus(offered)].includes(query.get("versionStatus")))
      .map((offered) => ({
        clusterVersion: offered.version,
        clusterType: "eks",
        defaultPlatformVersion: "eks.1",
        defaultVersion: offered.version === defaultVersion,
        kubernetesPatchVersion: `${offered.version}.0`,
        releaseDate: seconds(offered.released),
        endOfStandardSupportDate: seconds(offered.endOfStandardSupport),
        endOfExtendedSupportDate: seconds(offered.endOfExtendedSupport),
        status: versionStatus(offered).toLowerCase().replaceAll("_", "-"),
        versionStatus: versionStatus(offered),
      }))
      .reverse(),
  };
};

function versionStatus(offered: KubernetesVersion): string {
  const today = Date.now() / 1000;
  if (today < seconds(offered.endOfStandardSupport)) {
    return "STANDARD_SUPPORT";
  }
  return today < seconds(offered.endOfExtendedSupport) ? "EXTENDED_SUPPORT" : "UNSUPPORTED";
}

function seconds(date: string): number {
  return Date.parse(date) / 1000;
}
