import { existsSync, readFileSync } from "node:fs";
import { sync as writeFileSync } from "write-file-atomic";
import { z } from "zod";

/** What a sandbox did in the place of what does not run here, and what ran for real. */
export const sandboxReport = z.object({
  /** Webhook configurations that were taken out of the cluster, because nothing answers behind them. */
  removedWebhooks: z.array(z.object({ kind: z.string(), name: z.string(), services: z.array(z.string()) })),
  /** Addresses that no controller gave: of a load balancer that stands in, or of nothing. */
  writtenAddresses: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      hostname: z.string(),
      balanced: z.boolean(),
    }),
  ),
  /** Controllers that run as processes, with what became of them. */
  controllers: z.array(z.object({ program: z.string(), deployment: z.string(), state: z.string() })),
  /** Certificates that the sandbox signed in the place of cert-manager. */
  certificates: z.array(z.string()),
  /** Where pods and doors answer for real; absent where every node is played. */
  traffic: z
    .object({
      nodes: z.array(z.object({ name: z.string(), state: z.string() })),
      /** References of the images that nodes can pull. */
      images: z.array(z.string()),
      /** Images that nobody can make here, so that their pods are played. */
      missingImages: z.array(z.string()),
      /** What listeners and rules ask that is not forwarded. */
      gaps: z.array(z.string()),
      /** Certificates that environments name and ACM here does not have, signed for the hosts of their listeners. */
      assumedCertificates: z.array(z.string()),
    })
    .optional(),
  /** Roles and users that stacks made: what they called, and what of it their policies did not allow. */
  callers: z.array(
    z.object({
      principalArn: z.string(),
      actions: z.array(z.string()),
      denied: z.array(z.string()),
      unneeded: z.array(z.string()),
      needed: z.array(z.object({ statement: z.string(), actions: z.array(z.string()) })),
    }),
  ),
  /** What the network of AWS would not let through. */
  refused: z.array(z.string()),
  /** What went wrong in the sandbox itself. */
  faults: z.array(z.string()),
});

export type SandboxReport = z.infer<typeof sandboxReport>;

export const emptyReport: SandboxReport = {
  removedWebhooks: [],
  writtenAddresses: [],
  controllers: [],
  certificates: [],
  callers: [],
  refused: [],
  faults: [],
};

export function readReport(file: string): SandboxReport {
  return existsSync(file) ? sandboxReport.parse(JSON.parse(readFileSync(file, "utf8"))) : emptyReport;
}

/** The file is replaced at once, so that a reader never meets half of it. */
export function writeReport(file: string, report: SandboxReport): void {
  writeFileSync(file, JSON.stringify(report, null, 2), { fsync: false });
}
