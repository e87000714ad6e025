import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import type { NodesProps } from "../../src/kubernetes/nodes";
import { cachedPrograms, type Programs } from "../../src/kubernetes/programs";

export interface SuiteContext {
  readonly programs: () => Programs;
  /** A folder of the suite's own, removed at its end. */
  readonly workDir: string;
}

/** A suite on real control planes. Skipped, with the next step in its name, where their programs are not built. */
export function describeControlPlane(name: string, suite: (context: SuiteContext) => void): void {
  const programs = cachedPrograms();
  const skip = programs === undefined;
  const title = skip ? `${name} (skipped: not built, run npm run sandbox:build)` : name;
  describe.skipIf(skip)(title, () => {
    const workDir = mkdtempSync(join(tmpdir(), "control-plane-test-"));
    afterAll(() => rmSync(workDir, { recursive: true, force: true }));
    suite({
      workDir,
      programs: () => {
        if (programs === undefined) {
          throw new Error("a skipped suite has no programs");
        }
        return programs;
      },
    });
  });
}

/** One node in each of three zones. */
export const threeNodes: NodesProps = {
  count: 3,
  zones: [
    { name: "eu-central-1a", subnetCidr: "10.0.64.0/19" },
    { name: "eu-central-1b", subnetCidr: "10.0.96.0/19" },
    { name: "eu-central-1c", subnetCidr: "10.0.128.0/19" },
  ],
};
