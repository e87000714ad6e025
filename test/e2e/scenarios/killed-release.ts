import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { KubernetesApi } from "../../sandbox/kubernetes/kubernetes-api";
import { cachedPrograms } from "../../sandbox/kubernetes/programs";
import { unattended } from "../../sandbox/stack-runs";
import { projectRoot } from "../../sandbox/synthesize";
import { type StackJson, type SynthesizedStack, stackJson } from "../../sandbox/synthesized";
import type { Sandbox } from "../../sandbox/up";
import type { Lane } from "../lane";
import { passed } from "../plans";
import { until } from "../waiting";

const inProgress = /another operation \(install\/upgrade\/rollback\) is in progress/;

/** Kills the first installation of a stack's releases half-way, and brings it back as documented. */
export async function killedInstall(lane: Lane, sandbox: Sandbox, stack: SynthesizedStack): Promise<void> {
  await lane.need("init", stack.id, async () => passed(await sandbox.runs.init(stack)));
  await killedAndRecovered(lane, sandbox, stack, "pending-install");
}

/** Kills an upgrade of a release half-way, and brings it back to the revision before. */
export async function killedUpgrade(lane: Lane, sandbox: Sandbox, stack: SynthesizedStack): Promise<void> {
  const file = join(stack.folder, "cdk.tf.json");
  const whole = readFileSync(file, "utf8");
  const changed: StackJson = stackJson.parse(JSON.parse(whole));
  // A description is part of Helm's record alone: the upgrade changes nothing in the cluster.
  Object.assign(Object.values(changed.resource["helm_release"] ?? {})[0] ?? {}, { description: "killed half-way" });
  writeFileSync(file, JSON.stringify(changed, null, 2));
  try {
    await killedAndRecovered(lane, sandbox, stack, "pending-upgrade");
  } finally {
    writeFileSync(file, whole);
  }
  await lane.need("apply without that change", stack.id, async () => passed(await sandbox.runs.apply(stack)));
}

type Pending = "pending-install" | "pending-upgrade";

async function killedAndRecovered(
  lane: Lane,
  sandbox: Sandbox,
  stack: SynthesizedStack,
  pending: Pending,
): Promise<void> {
  const { runs } = sandbox;
  await lane.need(`killed while a release is ${pending}`, stack.id, () => killWhile(sandbox, stack, pending));
  await lane.check("Helm refuses the next apply", stack.id, async () => {
    const { exitCode, output } = await runs.run(stack, "apply", unattended);
    if (exitCode === 0 || !inProgress.test(output)) {
      throw new Error(`Helm did not refuse it:\n${output}`);
    }
    return undefined;
  });
  await lane.need("npm run recover brings the release back", stack.id, async () => {
    const refused = await recover(sandbox, []);
    if (refused.code === 0 || !refused.output.includes(pending)) {
      throw new Error(`recover did something without being told to:\n${refused.output}`);
    }
    const { code, output } = await recover(sandbox, ["--yes"]);
    if (code !== 0 || !output.includes("brought back")) {
      throw new Error(`recover ended with ${code}:\n${output}`);
    }
    return undefined;
  });
  await lane.need("apply after recovery", stack.id, async () => passed(await runs.apply(stack)));
}

async function killWhile({ runs, keeper }: Sandbox, stack: SynthesizedStack, pending: Pending): Promise<string> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  let child: ChildProcess | undefined;
  const running = runs.run(stack, "apply", unattended, {
    onStart: (started) => {
      child = started;
    },
  });
  let ended = false;
  running.then(
    () => {
      ended = true;
    },
    () => undefined,
  );
  let release = "";
  try {
    await until(`a release to be ${pending}`, 120, async () => {
      const selector = { labelSelector: `owner=helm,status=${pending}` };
      release = (await api.list("/api/v1/secrets", selector))?.items[0]?.metadata.labels?.["name"] ?? "";
      if (ended) {
        throw new Error(`the apply was over before a release was seen as ${pending}`);
      }
      return release !== "";
    });
  } finally {
    if (child?.pid !== undefined && !ended) {
      process.kill(-child.pid, "SIGKILL");
    }
    await running;
    api.close();
  }
  return release;
}

async function recover(
  { plan, folder, runs }: Sandbox,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { environment } = runs.context;
  const child = spawn("npm", ["run", "--silent", "recover", "--", plan.environment, ...args], {
    cwd: projectRoot,
    env: {
      ...environment,
      CDKTF_OUTDIR: folder.synthesized,
      PATH: `${cachedPrograms()?.folder}:${environment["PATH"]}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const output = (await Promise.all([text(child.stdout), text(child.stderr)])).join("");
  return { code: await ended, output };
}
