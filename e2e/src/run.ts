import { join } from "node:path";
import { type SandboxFolder, sandboxFolder } from "@ingress-foundry/sandbox/folder";
import { endSandbox } from "@ingress-foundry/sandbox/keeper-process";
import { markedProcesses } from "@ingress-foundry/sandbox/marked-processes";
import { reportLines } from "@ingress-foundry/sandbox/print";
import { readReport } from "@ingress-foundry/sandbox/report";
import { trafficLeft } from "@ingress-foundry/sandbox/traffic/leftovers";
import { reasonsAgainstTraffic, thisMachine } from "@ingress-foundry/sandbox/traffic/requirements";
import { type Sandbox, startSandbox } from "@ingress-foundry/sandbox/up";
import { Lane } from "./lane";
import { LoopbackWatch } from "./loopback-watch";
import { lanes, type Part } from "./parts";
import { NotRun, Results } from "./results";
import { applyStack, contractsAreRead, secondPlanIsEmpty } from "./scenarios/applied";
import { breakagesAreNoticed } from "./scenarios/broken";
import { deployedWithCdktf } from "./scenarios/cdktf";
import { commandCleansUp } from "./scenarios/command";
import { customResourcesAreAccepted } from "./scenarios/custom-resources";
import { ofDoors, ofTheCluster } from "./scenarios/day-two/changes";
import { type Days, dayTwo, dayTwoProject } from "./scenarios/day-two/day-two";
import { type Baseline, baseline, destroyLeavesNothing, wrongOrderIsRefused } from "./scenarios/destroyed";
import { doorsEndAtPods } from "./scenarios/doors";
import { driftIsPlanned } from "./scenarios/drift";
import { appliedWithFoundry } from "./scenarios/foundry";
import { initialized, initializedIsApplied, initializedProject } from "./scenarios/init";
import { killedApply, killedLocally } from "./scenarios/killed-apply";
import { killedInstall, killedUpgrade } from "./scenarios/killed-release";
import { appliedByOneCommand } from "./scenarios/one-command";
import { permissionsSuffice } from "./scenarios/permissions";
import { readmeIsFollowed } from "./scenarios/readme";
import { rolesSuffice } from "./scenarios/roles";
import { stateInS3 } from "./scenarios/s3-backend";
import { noSecretIsWritten } from "./scenarios/secrets";
import { trafficFlows } from "./scenarios/traffic";
import { undoneOneAtATime, undoneProject } from "./scenarios/undone/undone";
import { upgraded } from "./scenarios/upgraded";
import { scratchProject } from "./scratch-project";

const results = new Results(console.log);
const interrupted = new AbortController();
const folders: SandboxFolder[] = [];

function newFolder(purpose: string): SandboxFolder {
  const folder = sandboxFolder(`e2e-${process.pid}-${purpose}`);
  folders.push(folder);
  return folder;
}

/** Does a lane's work on a sandbox of its own, which is gone afterwards whatever happened. */
async function onSandbox(
  part: Part,
  environment: string,
  folder: SandboxFolder,
  work: (lane: Lane, sandbox: Sandbox) => Promise<void>,
  more: { readonly root?: string; readonly traffic?: boolean } = {},
): Promise<void> {
  const lane = new Lane(results, interrupted.signal, part);
  let sandbox: Sandbox | undefined;
  try {
    await lane.need("AWS and Kubernetes come up", environment, async () => {
      const { signal } = interrupted;
      sandbox = await startSandbox({
        folder,
        environment,
        log: console.log,
        signal,
        ...more,
      });
      return undefined;
    });
    if (sandbox !== undefined) {
      lane.follow(sandbox.stacks);
      await work(lane, sandbox);
      results.note(
        [`\nsandbox ${folder.name}`, ...reportLines(readReport(folder.report), sandbox.charts)].join("\n  "),
      );
    }
  } finally {
    await endSandbox(folder);
  }
}

/** Everything that can be shown on the environment that holds every door, applied with Terraform alone. */
async function wholeEnvironment(lane: Lane, sandbox: Sandbox): Promise<void> {
  let before: Baseline = { aws: {}, cluster: [] };
  await lane.need("what a new account and cluster hold is listed", sandbox.plan.environment, async () => {
    before = await baseline(sandbox);
    return undefined;
  });
  for (const stack of sandbox.stacks) {
    if (stack.json.resource["aws_eks_cluster"] !== undefined) {
      await killedApply(lane, sandbox, stack, killedLocally);
    } else if (stack.json.resource["helm_release"] !== undefined && stack.json.output["releases"] !== undefined) {
      await killedInstall(lane, sandbox, stack);
      await killedUpgrade(lane, sandbox, stack);
    } else {
      await applyStack(lane, sandbox, stack);
    }
  }
  for (const stack of sandbox.stacks) {
    await secondPlanIsEmpty(lane, sandbox, stack);
    await contractsAreRead(lane, sandbox, stack);
    await customResourcesAreAccepted(lane, sandbox, stack);
  }
  await doorsEndAtPods(lane, sandbox);
  await rolesSuffice(lane, sandbox);
  await driftIsPlanned(lane, sandbox);
  await breakagesAreNoticed(lane, sandbox);
  await wrongOrderIsRefused(lane, sandbox);
  await destroyLeavesNothing(lane, sandbox, before);
  await permissionsSuffice(lane, sandbox);
  await noSecretIsWritten(lane, sandbox);
}

/** Changes of the second day, on a platform of their own. */
async function onPlatform(part: Part, days: Days): Promise<void> {
  const folder = newFolder(part);
  const root = dayTwoProject(folder.root);
  await onSandbox(part, "dev", folder, (lane, sandbox) => dayTwo(lane, sandbox, root, days), { root });
}

const work: Readonly<Record<Part, () => Promise<void>>> = {
  seeds: () => onSandbox("seeds", "seeds", newFolder("seeds"), wholeEnvironment),
  dev: () =>
    onSandbox("dev", "dev", newFolder("dev"), async (lane, sandbox) =>
      deployedWithCdktf(lane, sandbox, await baseline(sandbox)),
    ),
  foundry: () =>
    onSandbox("foundry", "dev", newFolder("foundry"), async (lane, sandbox) => {
      await appliedWithFoundry(lane, sandbox, await baseline(sandbox));
      await permissionsSuffice(lane, sandbox);
      await noSecretIsWritten(lane, sandbox);
    }),
  "seeds-today": () =>
    onSandbox("seeds-today", "seeds-today", newFolder("seeds-today"), async (lane, sandbox) => {
      await appliedByOneCommand(lane, sandbox, await baseline(sandbox));
      await permissionsSuffice(lane, sandbox);
    }),
  undone: () => {
    const folder = newFolder("undone");
    return onSandbox("undone", "prod", folder, undoneOneAtATime, { root: undoneProject(folder.root) });
  },
  "day-two-cluster": () =>
    onPlatform("day-two-cluster", { changes: ofTheCluster, stacks: ["cluster", "identity"], back: true }),
  "day-two-doors": () =>
    onPlatform("day-two-doors", { changes: ofDoors, stacks: ["cluster", "identity", "controllers", "apps"] }),
  readme: () => onSandbox("readme", "dev", newFolder("readme"), readmeIsFollowed),
  s3: async () => {
    const folder = newFolder("s3");
    const backend = 'state: { kind: "s3", bucket: "e2e-terraform-state" }';
    const root = scratchProject(join(folder.root, "project"), "dev", [backend]);
    await onSandbox("s3", "dev", folder, stateInS3, { root });
  },
  upgrade: () =>
    onSandbox("upgrade", "seeds", newFolder("upgrade"), (lane, sandbox) =>
      upgraded(lane, sandbox, { log: console.log, signal: interrupted.signal }),
    ),
  traffic: async () => {
    const reasons = reasonsAgainstTraffic(thisMachine);
    if (reasons.length > 0) {
      await results.run("every door answers", "dev", () => Promise.reject(new NotRun(reasons.join("; "))));
      return;
    }
    const folder = newFolder("traffic");
    await onSandbox("traffic", "dev", folder, trafficFlows, { traffic: true });
    await results.run("no namespace, mount or control group is left", "dev", async () => {
      const left = trafficLeft(folder.name);
      if (left.length > 0) {
        throw new Error(left.join("\n"));
      }
      return undefined;
    });
  },
  command: async () => {
    await commandCleansUp(new Lane(results, interrupted.signal, "command"), newFolder("command"), "dev");
    const folder = newFolder("init");
    await onSandbox("command", initialized, folder, initializedIsApplied, { root: initializedProject(folder.root) });
  },
};

/** Runs the parts of a lane one after the other; one that breaks does not keep the next from running. */
async function runLane(parts: readonly Part[]): Promise<void> {
  for (const part of parts) {
    await work[part]().catch((error: unknown) =>
      results.run(`the end of part ${part}`, "", () => Promise.reject(error)),
    );
  }
}

/** Runs parts, those of one lane after each other; whether nothing failed. */
export async function run(parts: readonly Part[]): Promise<boolean> {
  const watch = new LoopbackWatch(folders);
  try {
    await Promise.all(lanes.map((lane) => runLane(lane.filter((part) => parts.includes(part)))));
  } finally {
    await watch.stop();
    await Promise.all(folders.map((folder) => endSandbox(folder)));
  }
  await results.run("traffic stays on loopback", "", async () => {
    if (!LoopbackWatch.possible()) {
      throw new NotRun("this system does not tell which sockets a process has");
    }
    if (watch.strays.size > 0 || watch.seen === 0) {
      throw new Error(watch.seen === 0 ? "no socket was seen at all" : [...watch.strays].join("\n"));
    }
    return `${watch.seen} sockets`;
  });
  await results.run("no process is left", "", async () => {
    const left = (await Promise.all(folders.map((folder) => markedProcesses(folder)))).flat();
    if (left.length > 0) {
      throw new Error(left.map(({ command, pid }) => `${command} (process ${pid})`).join("\n"));
    }
    return undefined;
  });
  console.log(`\n${results.table()}`);
  return results.passed;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    interrupted.abort();
    // What a scenario waits for ends with the sandbox's processes.
    for (const folder of folders) {
      endSandbox(folder).catch((error: unknown) => console.error(error));
    }
  });
}
