import type { IsoDate } from "../schema/iso-date";

/** Support dates of one Kubernetes minor on EKS. */
export interface KubernetesVersion {
  /** Last day of standard support. */
  readonly standardUntil: IsoDate;
  /** Last day of extended support, which costs extra an hour. */
  readonly extendedUntil: IsoDate;
}

/**
 * Kubernetes versions one can still create on EKS, oldest first.
 * Source: the EKS user guide's release calendar and endoflife.date/amazon-eks.
 */
export const kubernetesVersions = {
  "1.31": { standardUntil: "2025-11-26", extendedUntil: "2026-11-26" },
  "1.32": { standardUntil: "2026-03-23", extendedUntil: "2027-03-23" },
  "1.33": { standardUntil: "2026-07-29", extendedUntil: "2027-07-29" },
  "1.34": { standardUntil: "2026-12-02", extendedUntil: "2027-12-02" },
  "1.35": { standardUntil: "2027-03-27", extendedUntil: "2028-03-27" },
  "1.36": { standardUntil: "2027-08-02", extendedUntil: "2028-08-02" },
} as const satisfies Readonly<Record<string, KubernetesVersion>>;

export type KubernetesMinor = keyof typeof kubernetesVersions;

/** The newest version that every component we install claims to support. */
export const defaultKubernetesVersion: KubernetesMinor = "1.35";
