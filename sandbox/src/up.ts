import { readFileSync } from "node:fs";
import { pythonEnvironment } from "./aws/python-environment";
import { chartReleases } from "./charts/releases";
import { type ChosenChart, chooseCharts, overrideAddresses, readCharts } from "./charts/sources";
import { buildExternalDns } from "./controllers/external-dns";
import { findPrograms, refuseWithoutCharts } from "./controllers/programs";
import type { SandboxFolder } from "./folder";
import type { BuildOptions } from "./go/build";
import { release, runningKeeper, startKeeper } from "./keeper-process";
import type { KeeperRecord } from "./keeper-record";
import { buildPrograms } from "./kubernetes/programs";
import { planSandbox, type SandboxPlan, sandboxPlan } from "./plan";
import { type Outcome, StackRuns } from "./stack-runs";
import { synthesize } from "./synthesize";
import { readStacks, type SynthesizedStack } from "./synthesized";
import { buildCoredns } from "./traffic/names/coredns";
import { buildNodePrograms } from "./traffic/node/programs";
import { planTraffic } from "./traffic/plan";
import { reasonsAgainstTraffic, thisMachine } from "./traffic/requirements";

export interface StartProps {
  readonly folder: SandboxFolder;
  readonly environment: string;
  /** Root of the project whose JSON is applied. Default: this project. */
  readonly root?: string;
  /** Whether pods and doors are to answer for real, where this machine can. Default: every node is played. */
  readonly traffic?: boolean;
  /** A line of progress. */
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A sandbox that is ready for applies. */
export interface Sandbox {
  readonly folder: SandboxFolder;
  readonly plan: SandboxPlan;
  readonly keeper: KeeperRecord;
  readonly stacks: readonly SynthesizedStack[];
  readonly charts: readonly ChosenChart[];
  readonly runs: StackRuns;
}

/**
 * Synthesizes an environment and starts AWS and Kubernetes for it, or finds them running from before. The sandbox ends
 * with this process until it is kept by {@link keep}.
 *
 * @throws Error when the environment cannot be synthesized or played, and when something does not come up
 */
export async function startSandbox(props: StartProps): Promise<Sandbox> {
  const { folder, environment, root, log, signal } = props;
  await pythonEnvironment();
  await buildPrograms({ log, signal });
  log(`synthesizing ${environment}`);
  await synthesize({
    environments: [environment],
    output: folder.synthesized,
    ...(root === undefined ? {} : { root }),
  });
  const stacks = readStacks(folder.synthesized, environment);
  const answers = props.traffic === true && (await canAnswer({ log, signal }));
  const plan = { ...planSandbox(environment, stacks), ...(answers ? { traffic: planTraffic(stacks) } : {}) };
  const charts = await chooseCharts(chartReleases(stacks), folder.charts, process.env["SANDBOX_CHARTS"]);
  refuseWithoutCharts(findPrograms(process.env["SANDBOX_CONTROLLERS"]), charts);
  if (charts.some(wantsExternalDns)) {
    await buildExternalDns({ log, signal }).catch((error: unknown) => {
      log(`external-dns cannot be built, so nothing makes records: ${error instanceof Error ? error.message : error}`);
    });
  }
  const running = await runningKeeper(folder);
  if (running === undefined) {
    log("starting AWS and Kubernetes");
  }
  const keeper = running ?? (await startKeeper(folder, plan, signal));
  overrideAddresses(charts, keeper.chartRepository);
  return { folder, plan, keeper, stacks, charts, runs: new StackRuns(folder, keeper) };
}

/** Whether this machine can run pods; it says why not, and builds what a node needs. */
async function canAnswer(options: BuildOptions & { readonly log: (line: string) => void }): Promise<boolean> {
  const reasons = reasonsAgainstTraffic(thisMachine);
  for (const reason of reasons) {
    options.log(`no pod runs and no door answers: ${reason}`);
  }
  if (reasons.length > 0) {
    return false;
  }
  await buildNodePrograms(options);
  await buildCoredns(options);
  return true;
}

/** A stand-in for the chart gives no program its arguments. */
function wantsExternalDns({ release: { chart }, source }: ChosenChart): boolean {
  return (
    chart === "external-dns" &&
    source.kind !== "stand-in" &&
    !findPrograms(process.env["SANDBOX_CONTROLLERS"]).has(chart)
  );
}

/** A sandbox that runs, with the stacks as they were synthesized for it; undefined when it does not run. */
export async function findSandbox(folder: SandboxFolder): Promise<Sandbox | undefined> {
  const keeper = await runningKeeper(folder);
  if (keeper === undefined) {
    return undefined;
  }
  const plan = sandboxPlan.parse(JSON.parse(readFileSync(folder.plan, "utf8")));
  const stacks = readStacks(folder.synthesized, plan.environment);
  return {
    folder,
    plan,
    keeper,
    stacks,
    charts: readCharts(chartReleases(stacks), folder.charts),
    runs: new StackRuns(folder, keeper),
  };
}

/** Lets the sandbox stay when this process ends. */
export function keep(sandbox: Sandbox): void {
  release(sandbox.folder);
}

export interface StackResult {
  readonly stack: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/**
 * Initializes and applies every stack in its order. After one that did not pass, those that depend on it are not run.
 *
 * @param onResult called with each stack's result as it is known
 */
export async function applyStacks(
  sandbox: Sandbox,
  onStart: (stack: string) => void,
  onResult: (result: StackResult) => void,
  signal?: AbortSignal,
): Promise<readonly StackResult[]> {
  const results: StackResult[] = [];
  for (const stack of sandbox.stacks) {
    onStart(stack.id);
    const start = Date.now();
    const outcome = await applyStack(sandbox, stack, results, signal);
    const result = { stack: stack.id, outcome, seconds: (Date.now() - start) / 1000 };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function applyStack(
  { runs }: Sandbox,
  stack: SynthesizedStack,
  before: readonly StackResult[],
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  if (signal?.aborted) {
    return { kind: "not run", reason: "interrupted" };
  }
  const missing = before.filter(
    ({ stack: id, outcome }) => stack.dependencies.includes(id) && outcome.kind !== "passed",
  );
  if (missing.length > 0) {
    return { kind: "not run", reason: `needs ${missing.map(({ stack: id }) => id).join(", ")}` };
  }
  const initialized = await runs.init(stack, { signal });
  return initialized.kind === "passed" ? runs.apply(stack, { signal }) : initialized;
}
