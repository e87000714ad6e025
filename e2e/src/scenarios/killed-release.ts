import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { cachedPrograms } from "@ingress-foundry/sandbox/kubernetes/programs";
import { unattended } from "@ingress-foundry/sandbox/stack-runs";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import { type StackJson, type SynthesizedStack, stackJson } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf, readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { ApplyProgress } from "../apply-progress";
import { closeNodes, deletePods, openNodes, releasesWithPods } from "../closed-nodes";
import type { Lane } from "../lane";
import { passed, stateResources } from "../plans";
import { RunningApply } from "../running-apply";

const inProgress = /another operation \(install\/upgrade\/rollback\) is in progress/;

/** Kills the first installation of a stack's releases half-way, and brings it back as documented. */
export async function killedInstall(lane: Lane, sandbox: Sandbox, stack: SynthesizedStack): Promise<void> {
  await lane.need("init", stack.id, async () => passed(await sandbox.runs.init(stack)));
  await killedAndRecovered(lane, sandbox, stack, "pending-install", async () => undefined);
}

/** Kills an upgrade of a release half-way, and brings it back to the revision before. */
export async function killedUpgrade(lane: Lane, sandbox: Sandbox, stack: SynthesizedStack): Promise<void> {
  const file = join(stack.folder, "cdk.tf.json");
  const whole = readFileSync(file, "utf8");
  try {
    await killedAndRecovered(lane, sandbox, stack, "pending-upgrade", async (api) => {
      const changed: StackJson = stackJson.parse(JSON.parse(whole));
      const release = await releaseWithPods(api, changed);
      // A description is part of Helm's record alone: the upgrade changes nothing in the cluster.
      release["description"] = "killed half-way";
      writeFileSync(file, JSON.stringify(changed, null, 2));
      await deletePods(api, nameOf(release));
    });
  } finally {
    writeFileSync(file, whole);
  }
  await lane.need("apply without that change", stack.id, async () => passed(await sandbox.runs.apply(stack)));
}

type DeclaredRelease = StackJson["resource"][string][string];

const nameOf = ({ namespace, name }: DeclaredRelease) => `${namespace}/${name}`;

async function releaseWithPods(api: KubernetesApi, { resource }: StackJson): Promise<DeclaredRelease> {
  const installed = await releasesWithPods(api);
  const release = Object.values(resource["helm_release"] ?? {}).find((each) => installed.includes(nameOf(each)));
  if (release === undefined) {
    throw new Error(`no release of the stack has pods; those that have: ${installed.join(", ")}`);
  }
  return release;
}

type Pending = "pending-install" | "pending-upgrade";

async function killedAndRecovered(
  lane: Lane,
  sandbox: Sandbox,
  stack: SynthesizedStack,
  pending: Pending,
  prepare: (api: KubernetesApi) => Promise<void>,
): Promise<void> {
  const { runs } = sandbox;
  let progress: ApplyProgress = { made: new Map(), unfinished: [] };
  await lane.need(`killed while a release is ${pending}`, stack.id, async () => {
    progress = await killWhile(sandbox, stack, pending, prepare);
    return undefined;
  });
  await lane.need("what was made is in the state, or taken over", stack.id, async () => {
    await takeOver(sandbox, stack, progress);
    return undefined;
  });
  await lane.check("Helm refuses the next apply", stack.id, async () => {
    const { exitCode, output } = await runs.run(stack, "apply", unattended);
    if (exitCode === 0 || !inProgress.test(errorsOf(output))) {
      throw new Error(`Helm did not refuse it:\n${readableOutput(output)}`);
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

/**
 * Kills an apply while Helm waits for pods and nothing else is half made. No node takes pods, so that Helm waits until
 * then, however fast the machine is.
 *
 * @param prepare done before the apply, once the nodes are closed
 * @returns how far it came
 */
async function killWhile(
  { runs, keeper }: Sandbox,
  stack: SynthesizedStack,
  pending: Pending,
  prepare: (api: KubernetesApi) => Promise<void>,
): Promise<ApplyProgress> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  try {
    await closeNodes(api);
    await prepare(api);
    const apply = new RunningApply(runs, stack);
    try {
      await apply.until(`a release was ${pending} and the rest finished`, 120, async () => {
        // Nodes of the group may have joined meanwhile.
        await closeNodes(api);
        const held = await releasesWithPods(api);
        const waiting = (await releasesThatAre(api, pending)).filter((release) => held.includes(release));
        return waiting.length > 0 && apply.progress().unfinished.every(isRelease);
      });
    } finally {
      await apply.kill();
    }
    if ((await releasesThatAre(api, pending)).length === 0) {
      throw new Error(`Terraform was killed, and no release was left ${pending}`);
    }
    return apply.progress();
  } finally {
    await openNodes(api);
    api.close();
  }
}

/** Imports what the killed apply made and did not write into its state. The next apply takes over releases by itself. */
async function takeOver({ runs }: Sandbox, stack: SynthesizedStack, { made }: ApplyProgress): Promise<void> {
  const known = (await stateResources(runs, stack)).map(({ address }) => address);
  for (const [address, id] of made) {
    if (!known.includes(address) && !isRelease(address)) {
      const { exitCode, output } = await runs.run(stack, "import", ["-input=false", "-no-color", address, id]);
      if (exitCode !== 0) {
        throw new Error(`${address} could not be taken over:\n${output}`);
      }
    }
  }
}

const isRelease = (address: string) => address.startsWith("helm_release.");

/** As `<namespace>/<name>`. */
async function releasesThatAre(api: KubernetesApi, status: Pending): Promise<readonly string[]> {
  const secrets = await api.list("/api/v1/secrets", { labelSelector: `owner=helm,status=${status}` });
  return secrets?.items.map(({ metadata }) => `${metadata.namespace}/${metadata.labels?.["name"]}`) ?? [];
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
