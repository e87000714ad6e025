import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { chartReleases } from "@ingress-foundry/sandbox/charts/releases";
import { chooseCharts, overrideAddresses } from "@ingress-foundry/sandbox/charts/sources";
import { Repositories } from "@ingress-foundry/sandbox/images/repositories";
import { readStacks, type SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { awsCli } from "../../aws-cli";
import { edited, environmentFile, type JsonObject } from "../../environment-data";
import type { Lane } from "../../lane";
import { scratchProject } from "../../scratch-project";
import { applyStack } from "../applied";
import { type Change, platform } from "./changes";
import { clusterFollows, groupsHave, scale } from "./cluster";
import { applyPlanned, countsText, lossesIn, type Planned, planned } from "./planned";

const environment = "dev";

/** A copy of the project with the platform that is going to be changed. */
export function dayTwoProject(folder: string): string {
  const project = scratchProject(join(folder, "project"), environment, []);
  write(project, platform);
  return project;
}

function write(project: string, data: JsonObject): void {
  writeFileSync(join(project, "environments", `${environment}.ts`), environmentFile(data));
}

/** Changes after each other, and the stacks that they are about; the others are not applied. */
export interface Days {
  readonly changes: readonly Change[];
  readonly stacks: readonly string[];
  /** In the end Kubernetes is asked back by one minor, which has to be refused. Default: it is not. */
  readonly back?: boolean;
}

/** Applies a platform once, and then change after change: each as it is planned, and with nothing left to plan. */
export async function dayTwo(lane: Lane, whole: Sandbox, project: string, days: Days): Promise<void> {
  const { changes, stacks, back = false } = days;
  const sandbox = { ...whole, stacks: whole.stacks.filter((stack) => stacks.includes(kindOf(stack))) };
  for (const stack of sandbox.stacks) {
    await applyStack(lane, sandbox, stack);
  }
  let data = platform;
  for (const change of changes) {
    const before = data;
    await lane.need(change.what, environment, async () => {
      data = edited(before, change);
      write(project, data);
      const found = await applyChange(sandbox, project, change);
      lane.results.note(`${change.what}: ${found}`);
      return found;
    });
  }
  if (back) {
    await wayBackIsRefused(lane, sandbox, project, data);
  }
}

/** Kubernetes goes forward alone. */
async function wayBackIsRefused(lane: Lane, sandbox: Sandbox, project: string, data: JsonObject): Promise<void> {
  await lane.check("refused: Kubernetes one minor back", environment, async () => {
    const version = String(Object(data["cluster"]).version);
    const back = `1.${Number(version.split(".")[1]) - 1}`;
    write(project, edited(data, { set: { "cluster.version": back } }));
    const [older] = await synthesized(sandbox, project);
    if (older === undefined) {
      throw new Error(`${environment} has no stack`);
    }
    const { exitCode, output } = await sandbox.runs.run(older, "apply", ["-input=false", "-json", "-auto-approve"]);
    const errors = errorsOf(output);
    if (exitCode === 0 || !errors.includes(`Unsupported Kubernetes minor version update from ${version} to ${back}`)) {
      throw new Error(`EKS took it, or refused something else:\n${errors}`);
    }
    return undefined;
  });
}

/** Synthesizes into the folder of the sandbox, where what Terraform keeps beside the JSON stays. */
async function synthesized({ folder, keeper }: Sandbox, project: string): Promise<readonly SynthesizedStack[]> {
  const foundry = join(project, "node_modules", "@ingress-foundry", "program", "foundry.js");
  const args = [foundry, "synth", environment, "--outdir", folder.synthesized];
  await promisify(execFile)(process.execPath, args, { cwd: project });
  const stacks = readStacks(folder.synthesized, environment);
  const charts = await chooseCharts(chartReleases(stacks), folder.charts, process.env["SANDBOX_CHARTS"]);
  overrideAddresses(charts, keeper.chartRepository);
  return stacks;
}

const jsonOf = ({ folder }: SynthesizedStack): string => readFileSync(join(folder, "cdk.tf.json"), "utf8");

async function applyChange(sandbox: Sandbox, project: string, change: Change): Promise<string> {
  const { runs, plan, keeper } = sandbox;
  const was = new Map(sandbox.stacks.map((stack) => [stack.id, jsonOf(stack)]));
  const ids = sandbox.stacks.map(({ id }) => id);
  const stacks = (await synthesized(sandbox, project)).filter(({ id }) => ids.includes(id));
  for (const image of change.pushes ?? []) {
    const [repository = "", tag = ""] = image.split(":");
    await new Repositories(keeper.awsEndpoint, plan.region, plan.accountId).push(repository, tag);
  }
  for (const role of change.roles ?? []) {
    await makeRole(sandbox, role);
  }
  await scale(sandbox, change.nodes ?? {});
  const published = new Map(
    await Promise.all(stacks.map(async (stack) => [stack.id, await runs.outputs(stack)] as const)),
  );
  const publishesElse = new Set<string>();
  const found: Record<string, string> = {};
  const touched: SynthesizedStack[] = [];
  for (const stack of change.backwards === true ? [...stacks].reverse() : stacks) {
    if (was.get(stack.id) === jsonOf(stack) && !stack.dependencies.some((id) => publishesElse.has(id))) {
      continue;
    }
    const what = await planned(runs, stack);
    if (what === undefined) {
      continue;
    }
    refuseLosses(what, change);
    found[kindOf(stack)] = countsText(what);
    await applyPlanned(runs, stack);
    touched.push(stack);
    if (!isDeepStrictEqual(published.get(stack.id), await runs.outputs(stack))) {
      publishesElse.add(stack.id);
    }
  }
  const left = await Promise.all(touched.map(async (stack) => planned(runs, stack)));
  const more = left.flatMap((what) => (what === undefined ? [] : textOf(what)));
  if (more.length > 0) {
    throw new Error(`a plan right after would still: ${more.join(", ")}`);
  }
  if (change.planned !== undefined && !isDeepStrictEqual(found, change.planned)) {
    throw new Error(`planned was ${JSON.stringify(found)}, not ${JSON.stringify(change.planned)}`);
  }
  await clusterFollows(sandbox, change.kubernetes);
  await groupsHave(sandbox, change.nodes ?? {});
  const texts = Object.entries(found).map(([stack, counts]) => `${stack} ${counts}`);
  return texts.join(", ") || "nothing to change";
}

async function makeRole({ runs, plan }: Sandbox, name: string): Promise<void> {
  const anybodyHere = { AWS: `arn:aws:iam::${plan.accountId}:root` };
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: anybodyHere }],
  };
  const document = ["--assume-role-policy-document", JSON.stringify(trust)];
  await awsCli(runs, "iam", "create-role", "--role-name", name, ...document);
}

/** `apps` of `dev-apps`. */
const kindOf = ({ id }: SynthesizedStack): string => id.slice(id.lastIndexOf("-") + 1);

const textOf = (what: readonly Planned[]): string =>
  what.map(({ action, address }) => `${action} ${address}`).join(", ") || "change outputs";

function refuseLosses(what: readonly Planned[], { goes = [] }: Change): void {
  const lost = lossesIn(what).filter(({ address }) => !goes.some((beginning) => address.startsWith(beginning)));
  if (lost.length > 0) {
    throw new Error(`it would ${textOf(lost)}`);
  }
}
