import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { sandboxFolder } from "../src/folder";
import type { KeeperRecord } from "../src/keeper-record";
import { StackRuns } from "../src/stack-runs";
import { type SynthesizedStack, stackJson } from "../src/synthesized";
import type { Sandbox } from "../src/up";

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Sets variables until the end of the test; undefined takes one away. */
export function variables(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** A stack as it would have been synthesized; of its JSON only what the test is about. */
export function stackOf(
  id: string,
  {
    dependencies = [],
    folder = "",
    ...json
  }: { dependencies?: string[]; folder?: string; [field: string]: unknown } = {},
): SynthesizedStack {
  return { id, folder, dependencies, json: stackJson.parse({ terraform: {}, ...json }) };
}

export const keeper: KeeperRecord = {
  pid: process.pid,
  startedAt: "2026-01-01T00:00:00.000Z",
  awsEndpoint: "http://127.0.0.1:5000",
  awsEnvironment: { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", AWS_REGION: "eu-west-1", PATH: "/sandbox/tools" },
  kubernetesServer: "https://127.0.0.1:6443",
  kubeconfig: "/sandbox/kubeconfig",
  chartRepository: "http://127.0.0.1:8080",
};

/** File of a stack's state, in the stack's folder. */
export const stateFile = "state.tfstate";

/**
 * A sandbox of stacks that each depend on all before them, run by a program in the place of Terraform.
 *
 * @param resources by stack, the modes of the resources in its state, in the stacks' order
 * @param terraform what the program does: lines of a shell script, run in the stack's folder with Terraform's arguments
 */
export function sandboxOf(
  resources: Readonly<Record<string, readonly ("managed" | "data")[]>>,
  terraform: string,
): Sandbox {
  const root = temporaryFolder();
  const path = `${root}${delimiter}${process.env["PATH"]}`;
  writeFileSync(join(root, "terraform"), `#!/bin/sh\n[ "$1" = -version ] && exit 0\n${terraform}\n`, { mode: 0o755 });
  variables({ PATH: path, XDG_CACHE_HOME: join(root, "cache") });
  const stacks = Object.entries(resources).map(([id, modes], index) => {
    const folder = join(root, id);
    mkdirSync(folder);
    writeFileSync(join(folder, stateFile), JSON.stringify({ resources: modes.map((mode) => ({ mode })) }));
    const backend = { local: { path: stateFile } };
    return stackOf(id, { folder, dependencies: Object.keys(resources).slice(0, index), terraform: { backend } });
  });
  const plan = {
    environment: "dev",
    region: "eu-west-1",
    accountId: "123456789012",
    principalArn: "arn:aws:iam::123456789012:role/operators",
    principals: [],
    clusterName: "dev",
    zones: [],
    hasNodeGroups: true,
    caller: "inside",
    images: [],
    stateBuckets: [],
  };
  const folder = sandboxFolder("test");
  const record = { ...keeper, awsEnvironment: { PATH: path } };
  return { folder, plan, keeper: record, stacks, charts: [], runs: new StackRuns(folder, record) };
}
