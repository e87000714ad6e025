import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { z } from "zod";
import type { Actions, DestroyCall, UpCall } from "./command-line";
import { destroyStacks } from "./destroy";
import { doorLines, gatewayAddresses } from "./doors";
import { existingSandboxes, sandboxFolder } from "./folder";
import { endSandbox, runningKeeper } from "./keeper-process";
import { KubernetesApi } from "./kubernetes/kubernetes-api";
import { cachedPrograms } from "./kubernetes/programs";
import { checkName } from "./names";
import { reportLines, StackLines, summaryLine } from "./print";
import { programEnvironment } from "./program-environment";
import { readReport } from "./report";
import { holdsResources } from "./stack-runs";
import { awsApi, onTheInternet, outsideKubeconfig, trusting } from "./traffic/inside";
import { type Doors, trialLines, tryDoors as trySandboxDoors } from "./traffic/try/try";
import { applyStacks, findSandbox, keep, type Sandbox, startSandbox } from "./up";

/** @param signal ends them: Terraform is interrupted and writes its state before anything is ended */
export function sandboxActions(signal: AbortSignal): Actions {
  return { up: (call) => up(call, signal), destroy: (call) => destroy(call, signal), status, tryDoors, shell, down };
}

async function up(
  { environment, name, keep: keepFailed, project, traffic }: UpCall,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = sandboxFolder(name);
  let stays = (await runningKeeper(folder)) !== undefined;
  try {
    const sandbox = await startSandbox({
      folder,
      environment,
      traffic,
      ...(project === undefined ? {} : { root: project }),
      log: console.log,
      signal,
    });
    const lines = linesOf(sandbox, "apply");
    const results = await applyStacks(sandbox, lines.start, lines.end, signal);
    const passed = results.every(({ outcome }) => outcome.kind === "passed");
    await printState(sandbox);
    console.log(`\n${summaryLine(results)}`);
    stays ||= passed || (keepFailed && !signal.aborted);
    if (stays) {
      keep(sandbox);
      console.log(`sandbox ${name} runs; npm run sandbox -- down ${name} ends it`);
    }
    return passed;
  } finally {
    if (!stays) {
      await endSandbox(folder);
      console.log(`sandbox ${name} is ended and removed`);
    }
  }
}

function linesOf({ stacks, runs }: Sandbox, command: "apply" | "destroy"): StackLines {
  return new StackLines((id) =>
    stacks.filter((stack) => stack.id === id).flatMap((stack) => runs.underWay(stack, command)),
  );
}

async function destroy({ name, environment, stacks }: DestroyCall, signal: AbortSignal): Promise<boolean> {
  const sandbox = await runningSandbox(name);
  if (sandbox === undefined) {
    throw new Error(
      `sandbox: there is none of the name ${name} to destroy anything in. Start one: npm run sandbox -- up ${environment}`,
    );
  }
  const ids = sandbox.stacks.map(({ id }) => id);
  for (const id of stacks) {
    checkName("stack", id, ids);
  }
  const only = stacks.length === 0 ? undefined : stacks;
  const lines = linesOf(sandbox, "destroy");
  const results = await destroyStacks(sandbox, only, lines.start, lines.end, signal);
  console.log(`\n${summaryLine(results)}`);
  return results.every(({ outcome }) => outcome.kind === "passed");
}

async function status(name: string | undefined): Promise<boolean> {
  const names = name === undefined ? existingSandboxes() : [name];
  for (const each of names) {
    const sandbox = await runningSandbox(each);
    if (sandbox === undefined) {
      console.log(`${each}: does not run; npm run sandbox -- down ${each} removes what is left of it`);
      continue;
    }
    const { keeper, stacks, runs } = sandbox;
    console.log(`${each}: runs since ${keeper.startedAt}`);
    console.log(`  AWS         ${keeper.awsEndpoint}`);
    console.log(`  AWS CLI     . ${join(sandbox.folder.root, "aws.sh")}`);
    console.log(`  Kubernetes  kubectl --kubeconfig ${keeper.kubeconfig}`);
    console.log(`  calls       ${join(sandbox.folder.aws, "calls.jsonl")}`);
    for (const stack of stacks) {
      console.log(`  ${stack.id.padEnd(24)}${(await holdsResources(runs, stack)) ? "holds resources" : "empty"}`);
    }
    await printState(sandbox);
  }
  if (names.length === 0) {
    console.log("no sandbox runs");
  }
  return true;
}

async function tryDoors(name: string | undefined, route: string | undefined): Promise<boolean> {
  const sandbox = await sandboxWithTraffic(name);
  let door = "";
  const trials = await trySandboxDoors(
    {
      folder: sandbox.folder,
      awsEndpoint: sandbox.keeper.awsEndpoint,
      region: sandbox.plan.region,
      accountId: sandbox.plan.accountId,
      doors: await doorsOf(sandbox),
      only: route,
    },
    (trial) => {
      if (trial.door !== door) {
        door = trial.door;
        console.log(["", door, ...trial.way.map((hop) => `  ${hop}`)].join("\n"));
      }
      console.log(trialLines(trial).join("\n"));
    },
  );
  if (trials.length === 0) {
    console.log(route === undefined ? "no door yet" : `no door has ${route} in its name`);
  }
  return trials.length > 0 && trials.every(({ isAsExpected }) => isAsExpected);
}

async function shell(name: string | undefined, command: readonly string[]): Promise<boolean> {
  const { folder, keeper } = await sandboxWithTraffic(name);
  const [program, args] = onTheInternet(folder, ...shellCommand(command));
  const environment = programEnvironment(folder, keeper);
  const inside = {
    ...environment,
    ...trusting(folder),
    PATH: [environment["PATH"], cachedPrograms()?.folder].filter((part) => part !== undefined).join(delimiter),
    AWS_ENDPOINT_URL: awsApi,
    KUBECONFIG: outsideKubeconfig(folder),
  };
  return spawnSync(program, args, { stdio: "inherit", env: inside }).status === 0;
}

function shellCommand([program, ...args]: readonly string[]): [string, readonly string[]] {
  return program === undefined ? [process.env["SHELL"] ?? "/bin/sh", []] : [program, args];
}

/** @throws Error when there is none, when it only plays its pods, and when it takes a name to tell which is meant */
async function sandboxWithTraffic(name: string | undefined): Promise<Sandbox> {
  const names = name === undefined ? existingSandboxes() : [name];
  const sandboxes = await Promise.all(names.map((each) => runningSandbox(each)));
  const answering = sandboxes.flatMap((each) => (each?.plan.traffic === undefined ? [] : each));
  const [sandbox, ...others] = answering;
  if (sandbox === undefined) {
    const which = name === undefined ? "no sandbox is" : `sandbox ${name} is not`;
    throw new Error(
      `sandbox: no door answers, for ${which} up with --traffic. ` +
        "Start one that is: npm run sandbox -- up <environment> --traffic",
    );
  }
  if (others.length > 0) {
    const all = answering.map(({ folder }) => folder.name).join(", ");
    throw new Error(`sandbox: ${all} are up with --traffic. Say which is meant: --name ${sandbox.folder.name}`);
  }
  return sandbox;
}

async function down(name: string | undefined): Promise<boolean> {
  const names = name === undefined ? existingSandboxes() : [name];
  for (const each of names) {
    const left = await endSandbox(sandboxFolder(each));
    console.log(`sandbox ${each} is ended and removed`);
    for (const line of left) {
      console.log(`  ended what a crash had left: ${line}`);
    }
  }
  if (names.length === 0) {
    console.log("no sandbox runs");
  }
  return true;
}

async function runningSandbox(name: string): Promise<Sandbox | undefined> {
  const folder = sandboxFolder(name);
  return existsSync(folder.plan) ? findSandbox(folder) : undefined;
}

/** What ran for real, and the addresses of the doors. */
async function printState({ folder, charts, stacks, runs, keeper }: Sandbox): Promise<void> {
  console.log(["", ...reportLines(readReport(folder.report), charts)].join("\n"));
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  const addresses = await gatewayAddresses(api).finally(() => api.close());
  const lines = doorLines(await doorsOf({ stacks, runs }), addresses);
  console.log(["", lines.length === 0 ? "no door" : "doors:", ...lines].join("\n"));
}

async function doorsOf({ stacks, runs }: Pick<Sandbox, "stacks" | "runs">): Promise<Doors> {
  const apps = stacks.find(({ json }) => json.output["doors"] !== undefined);
  const doors = apps === undefined ? undefined : (await runs.outputs(apps))["doors"];
  return z.record(z.string(), z.string()).parse(doors ?? {});
}
