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
  /** Roles and users that stacks made: what they called, and what of it their policies did not allow. */
  callers: z.array(
    z.object({
      principalArn: z.string(),
      actions: z.array(z.string()),
      denied: z.array(z.string()),
      unneeded: z.array(z.string()),
    }),
  ),
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
  faults: [],
};

export function readReport(file: string): SandboxReport {
  return existsSync(file) ? sandboxReport.parse(JSON.parse(readFileSync(file, "utf8"))) : emptyReport;
}

/** The file is replaced at once, so that a reader never meets half of it. */
export function writeReport(file: string, report: SandboxReport): void {
  writeFileSync(file, JSON.stringify(report, null, 2), { fsync: false });
}
