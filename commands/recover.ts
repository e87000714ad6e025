import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App } from "cdktf";
import {
  type DeclaredRelease,
  judge,
  type PendingRelease,
  pendingReleases,
  type ReleaseRecord,
  readRecords,
  recordColumns,
  remedy,
  type StateLock,
} from "../modules/kubernetes/helm-releases";
import { lockTellsNothing } from "../modules/state/lock";
import type { Environment } from "../platform/environment";
import { readEnvironmentFiles } from "../platform/environment-files";
import { checkEnvironments } from "../platform/load";
import { environmentStacks } from "../stacks/environment";
import { terraformProgram } from "./terraform";

const usage = `npm run recover -- <environment>

Helm keeps a release that was killed half-way as pending and refuses every later change of it. This finds such
releases of an environment, and brings back those that nobody works on any more. Needs kubectl and the AWS CLI.

  --yes             do it without asking
  --context <name>  use this context of the kubeconfig instead of asking AWS for the cluster's address`;

/** Helm's timeout where a release names none, in seconds (helm provider, helm_release.timeout). */
const helmTimeout = 300;

/** Releases of an environment, as its stacks declare them. */
function declaredReleases(environment: Environment): readonly DeclaredRelease[] {
  const output = mkdtempSync(join(tmpdir(), "recover-"));
  try {
    return environmentStacks(new App({ outdir: output, stackTraces: false }), environment).flatMap((stack) =>
      stack.node
        .findAll()
        .filter((node) => node instanceof Release)
        .map(({ nameInput, namespaceInput, timeoutInput }) => ({
          stack: stack.node.id,
          name: nameInput ?? "",
          namespace: namespaceInput ?? "default",
          timeoutSeconds: timeoutInput ?? helmTimeout,
        })),
    );
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** @throws Error with what the program printed, or with what to install */
function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) {
    throw new Error(`recover: ${program} could not be started (${error.message}): install it, or put it on the PATH`);
  }
  if (status !== 0) throw new Error(`recover: ${program} ${args.join(" ")} ended with ${status}:\n${stderr.trim()}`);
  return stdout;
}

/** Arguments that lead kubectl to the environment's cluster. */
function clusterAccess({ aws, cluster }: Environment, context: string | undefined, folder: string): readonly string[] {
  if (context !== undefined) return ["--context", context];
  const kubeconfig = join(folder, "kubeconfig");
  const role = aws.assumeRole?.roleArn;
  run("aws", [
    ...["eks", "update-kubeconfig", "--name", cluster.name, "--region", aws.region, "--kubeconfig", kubeconfig],
    // One role for asking AWS where the cluster is, one for signing in to it.
    ...(role === undefined ? [] : ["--assume-role-arn", role, "--role-arn", role]),
  ]);
  return ["--kubeconfig", kubeconfig];
}

function releaseRecords(access: readonly string[]): readonly ReleaseRecord[] {
  const secrets = ["get", "secrets", "--all-namespaces", "--selector", "owner=helm", "--no-headers"];
  return readRecords(
    run("kubectl", [
      ...access,
      ...secrets,
      ...["--field-selector", "type=helm.sh/release.v1", "--output", `custom-columns=${recordColumns}`],
    ]),
  );
}

/** Asks Terraform, by a command that takes the lock and changes nothing. */
function stateLock(stack: string, state: Environment["state"]): StateLock {
  const nothing = lockTellsNothing(state);
  if (nothing !== undefined) return { kind: "unknown", reason: nothing };
  const folder = join(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", "stacks", stack);
  if (!existsSync(join(folder, ".terraform"))) {
    return { kind: "unknown", reason: `${folder} is not initialized; terraform -chdir=${folder} init would help` };
  }
  const args = [`-chdir=${folder}`, "taint", "-no-color", "-allow-missing", "terraform_data.no_such_resource"];
  const { status, stderr, error } = spawnSync(terraformProgram, args, { encoding: "utf8" });
  if (status === 0) return { kind: "free" };
  if (error === undefined && stderr.includes("Error acquiring the state lock")) {
    const field = (name: string) => new RegExp(`^\\W*${name}: +(.*)$`, "m").exec(stderr)?.[1]?.trim() ?? "?";
    return { kind: "held", by: `${field("Who")} since ${field("Created")}, lock ${field("ID")}` };
  }
  return { kind: "unknown", reason: error?.message ?? stderr.trim().split("\n")[0] ?? `exit code ${status}` };
}

/** Only while it is still what was judged: somebody may have gone on in the meantime. */
function remove(access: readonly string[], { namespace, name, revision, status }: ReleaseRecord): boolean {
  const selector = `owner=helm,name=${name},version=${revision},status=${status}`;
  const output = run("kubectl", [...access, "delete", "secrets", "--namespace", namespace, "--selector", selector]);
  return output.includes("deleted");
}

/** An input that ends without an answer is a no. */
async function confirmed(count: number): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const asked = terminal.question(`\nRemove ${count === 1 ? "this record" : `these ${count} records`}? yes/no `);
  const answer = await Promise.race([asked, ended]);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

/** Whether nothing pending is left. */
async function recover(environment: Environment, yes: boolean, context: string | undefined): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "recover-"));
  try {
    const access = clusterAccess(environment, context, folder);
    const pending = pendingReleases(declaredReleases(environment), releaseRecords(access));
    const abandoned: PendingRelease[] = [];
    for (const release of pending) {
      const { declared, record } = release;
      const verdict = judge(release, stateLock(declared.stack, environment.state), new Date());
      const what = `${record.namespace}/${record.name}: ${record.status} since ${record.since.toISOString()}`;
      console.log(`${what}, ${verdict.because}.`);
      console.log(`  ${verdict.kind === "in work" ? "Left alone." : remedy(release)}`);
      if (verdict.kind === "abandoned") abandoned.push(release);
    }
    if (pending.length === 0) console.log(`${environment.name}: no release is pending`);
    if (abandoned.length === 0) return pending.length === 0;
    if (!yes && !(await confirmed(abandoned.length))) return false;
    for (const { declared, record } of abandoned) {
      const removed = remove(access, record);
      const done = removed ? "brought back" : "somebody else went on with it meanwhile";
      console.log(`${record.namespace}/${record.name}: ${done}; now apply ${declared.stack}`);
    }
    return abandoned.length === pending.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: "boolean", default: false }, context: { type: "string" }, help: { type: "boolean" } },
  });
  const [name] = positionals;
  if (name === undefined || values.help) {
    console.log(usage);
    return values.help === true;
  }
  const root = join(__dirname, "..", "..");
  const files = readEnvironmentFiles(join(root, "environments"), join(root, "dist", "environments"), [name]);
  const [environment] = checkEnvironments(files, new Date()).environments;
  return environment === undefined ? false : recover(environment, values.yes, values.context);
}

main().then(
  (success) => {
    process.exitCode = success ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
