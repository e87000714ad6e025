import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { sandboxCacheFolder } from "@ingress-foundry/sandbox/cache-folder";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import { readStacks } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { chartMirror } from "../chart-mirror";
import type { Lane } from "../lane";
import { NotRun } from "../results";
import { addFields, editEnvironment } from "../scratch-project";
import { shellLines } from "../shell-blocks";
import { doorsEndAtPods } from "./doors";

const environment = "dev";

/** How a line of README is followed. One that is not here fails, so that README cannot say what nobody tried. */
interface Step {
  /** What is typed where it asks. Default: it asks nothing. */
  readonly types?: readonly string[];
  /** What is called in its place, where only its names do not fit the sandbox. */
  readonly instead?: string;
  /** Why it is not called. */
  readonly notCalled?: string;
  /** Whether it is called in a clone of its own, because it leaves out what later lines need. */
  readonly alone?: boolean;
  /** Whether it asks the registry of packages, which is on no loopback; of the sandbox it needs nothing. */
  readonly installs?: boolean;
  /** What the reader has done before it, as the text around it says. */
  readonly before?: (clone: string) => void;
}

const plain: Step = {};

const steps: Readonly<Record<string, Step>> = {
  "npm ci && npm run synth": { installs: true },
  "npm test": { notCalled: "it takes minutes, and is a step of .ci/run by itself" },
  "npm ci --omit=dev --workspaces=false && npm run synth": { alone: true, installs: true },
  "npm run sandbox:build": plain,
  "npx foundry sandbox up dev": plain,
  "npx foundry sandbox status dev": plain,
  "npx foundry sandbox down dev": plain,
  "npx foundry init staging": {
    types: ["eu-west-1", "123456789012", "arn:aws:iam::123456789012:role/platform-operators", "203.0.113.0/24"],
  },
  "npx foundry synth staging": plain,
  "npx foundry config staging": plain,
  "npx foundry init state dev": { notCalled: "the states of dev are files, as the remark behind it says" },
  "npx foundry preflight dev": plain,
  "npx foundry apply dev --until cluster": { types: ["yes"] },
  "npx foundry apply dev --until controllers": { types: ["yes"] },
  "npx foundry images dev": plain,
  "npx foundry apply dev": { types: ["yes"] },
  "aws eks update-kubeconfig --name dev": plain,
  "git switch -c more-pods": plain,
  "npx foundry review --base main": {
    before: (clone) => editEnvironment(clone, environment, { "port: 8080,": "port: 8080,\n      replicas: 3," }),
  },
  "npx foundry apply prod --out plans/prod": { instead: "npx foundry apply dev --out plans/dev" },
  "npx foundry apply prod --plans plans/prod": { instead: "npx foundry apply dev --plans plans/dev" },
  'npx cdktf deploy --app "foundry synth dev" dev-cluster': plain,
  "npx foundry destroy dev": { types: ["dev"] },
};

/** Exit codes that are no failure: a review that found a change says so, and a plan that has one. */
const fine: Readonly<Record<string, readonly number[]>> = {
  "npx foundry review --base main": [1, 2],
  "npx foundry apply prod --out plans/prod": [2],
};

/** README followed to the letter, from a clone to a door that ends at pods, and to the end of it all. */
export async function readmeIsFollowed(lane: Lane, sandbox: Sandbox): Promise<void> {
  const clone = join(sandbox.folder.root, "clone");
  await lane.need("the project is cloned", environment, async () => {
    cloned(clone);
    addFields(clone, environment, chartMirror(sandbox));
    return undefined;
  });
  const lines = shellLines(readFileSync(join(projectRoot, "README.md"), "utf8"));
  await lane.need("every line that README shows is one that is followed here", environment, async () => {
    const unknown = lines.filter(({ command }) => steps[command] === undefined);
    if (unknown.length > 0) {
      throw new Error(unknown.map(({ section, command }) => `${section}: ${command}`).join("\n"));
    }
    return `${lines.length} lines`;
  });
  for (const { section, command } of lines) {
    const step = steps[command] ?? plain;
    if (command === "aws eks update-kubeconfig --name dev") {
      await doorsEndAtPods(lane, { ...sandbox, stacks: readStacks(join(clone, "cdktf.out"), environment) });
    }
    const scenario = `README, ${section}: ${command}`;
    await (step.notCalled === undefined ? lane.need.bind(lane) : lane.check.bind(lane))(scenario, environment, () =>
      followed(sandbox, clone, command, step),
    );
  }
}

async function followed(sandbox: Sandbox, clone: string, command: string, step: Step): Promise<string | undefined> {
  if (step.notCalled !== undefined) {
    throw new NotRun(step.notCalled);
  }
  step.before?.(clone);
  const folder = step.alone === true ? cloned(`${clone}-alone`) : clone;
  const env = step.installs === true ? process.env : variablesOf(sandbox);
  await typed({ folder, env }, step.instead ?? command, step.types, fine[command] ?? [0]);
  return step.instead;
}

/** A clone on a branch `main`, as who has just cloned the project has it. */
function cloned(folder: string): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { stdio: ["ignore", "pipe", "pipe"] });
  git("clone", "--quiet", projectRoot, folder);
  git("-C", folder, "switch", "--quiet", "-C", "main");
  return folder;
}

/** Calls a line in a shell, at a terminal where it asks something. */
async function typed(
  { folder, env }: { readonly folder: string; readonly env: Readonly<NodeJS.ProcessEnv> },
  command: string,
  types: readonly string[] | undefined,
  codes: readonly number[],
): Promise<void> {
  const terminal = types === undefined ? ["bash", "-c", command] : ["script", "-qec", command, "/dev/null"];
  const [program = "", ...args] = terminal;
  const child = spawn(program, args, { cwd: folder, env: { ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  for (const line of types ?? []) {
    child.stdin.write(`${line}\n`);
  }
  if (types === undefined) {
    child.stdin.end();
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === null || !codes.includes(code)) {
    throw new Error(`${command} ended with ${code}:\n${(await printed).join("\n").split("\n").slice(-60).join("\n")}`);
  }
}

/** A home of its own, whose cache has what was built already, so that no sandbox of the user's is met. */
function variablesOf({ folder, runs }: Sandbox): Readonly<Record<string, string>> {
  const cache = join(folder.root, "cache");
  const built = sandboxCacheFolder({ XDG_CACHE_HOME: cache });
  mkdirSync(dirname(built), { recursive: true });
  try {
    symlinkSync(sandboxCacheFolder(), built);
  } catch (error) {
    if (Object(error).code !== "EEXIST") {
      throw error;
    }
  }
  return { ...runs.context.environment, XDG_CACHE_HOME: cache, KUBECONFIG: join(folder.root, "kubeconfig-of-readme") };
}
