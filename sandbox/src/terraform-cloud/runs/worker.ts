import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { x as extract } from "tar";
import { z } from "zod";
import { found, type Organization } from "../organization";
import { newId, type Phase, type Run, type Workspace } from "../records";
import { runVariables } from "./variables";

/** How a phase of a run ended. */
export type Ended = "done" | "errored" | "canceled";

export interface WorkerOptions {
  readonly organization: Organization;
  /** Of this worker alone. */
  readonly folder: string;
  readonly terraform: string;
  /** Its version, which workspaces have to ask for. */
  readonly version: string;
  /** The whole environment of a run's Terraform, but for what its workspace gives it. */
  readonly environment: (token: string, folder: string) => Readonly<Record<string, string>>;
  /** Variables that sign a run in to AWS as a role; undefined where nobody can. */
  readonly signIn: ((roleArn: string) => Promise<Readonly<Record<string, string>>>) | undefined;
}

const planSchema = z.looseObject({
  resource_changes: z
    .array(
      z.looseObject({ change: z.looseObject({ actions: z.array(z.string()), importing: z.unknown().optional() }) }),
    )
    .default([]),
});
const stateSchema = z.looseObject({ serial: z.number(), lineage: z.string() });

/** Milliseconds that an interrupted Terraform has to write its state. */
const patience = 30_000;

/** Runs Terraform for runs: what was uploaded, the workspace's state, its variables, and nothing of whoever started it. */
export class Worker {
  constructor(private readonly options: WorkerOptions) {}

  async plan(run: Run, workspace: Workspace, signal: AbortSignal): Promise<Ended> {
    const { plan } = run;
    this.begin(plan);
    const { "terraform-version": asked } = workspace.settings;
    if (asked !== this.options.version) {
      this.write(
        plan,
        `Error: Terraform ${asked} is not available\n\nThe workspace asks for it, and this worker has ${this.options.version}.\n`,
      );
      return this.finish(plan, "errored");
    }
    await this.unpack(run, workspace);
    const init = await this.run(run, workspace, plan, ["init", "-input=false", "-no-color"], signal);
    if (init !== 0) return this.finish(plan, signal.aborted ? "canceled" : "errored");
    const { destroy, refresh, refreshOnly, targets, replacements } = run.options;
    const code = await this.run(
      run,
      workspace,
      plan,
      [
        ...["plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=run.tfplan"],
        ...(destroy ? ["-destroy"] : []),
        ...(refresh ? [] : ["-refresh=false"]),
        ...(refreshOnly ? ["-refresh-only"] : []),
        ...targets.map((address) => `-target=${address}`),
        ...replacements.map((address) => `-replace=${address}`),
      ],
      signal,
    );
    if (code !== 0 && code !== 2) return this.finish(plan, signal.aborted ? "canceled" : "errored");
    run.hasChanges = code === 2;
    await this.count(run, workspace, plan);
    return this.finish(plan, "done");
  }

  async apply(run: Run, workspace: Workspace, signal: AbortSignal): Promise<Ended> {
    const { apply, plan } = run;
    this.begin(apply);
    const code = await this.run(run, workspace, apply, ["apply", "-input=false", "-no-color", "run.tfplan"], signal);
    // What was made is in the state, whatever became of the rest.
    this.keepState(run, workspace);
    if (code !== 0) return this.finish(apply, signal.aborted ? "canceled" : "errored");
    for (const count of ["additions", "changes", "destructions", "imports"] as const) apply[count] = plan[count];
    return this.finish(apply, "done");
  }

  /** Says in a run's log what no Terraform could say. */
  complain(run: Run, error: unknown): void {
    const phase = run.apply.status === "running" ? run.apply : run.plan;
    this.write(phase, `Error: ${error instanceof Error ? error.message : String(error)}\n`);
    this.finish(phase, "errored");
  }

  /** Removes what a run has no use of any more. A plan may hold secrets. */
  forget({ id }: Run): void {
    rmSync(this.folderOf(id), { recursive: true, force: true });
  }

  private folderOf(id: string): string {
    return join(this.options.folder, id);
  }

  private async unpack(run: Run, workspace: Workspace): Promise<void> {
    const { organization } = this.options;
    const folder = join(this.folderOf(run.id), "configuration");
    mkdirSync(folder, { recursive: true });
    chmodSync(this.folderOf(run.id), 0o700);
    const archive = join(this.folderOf(run.id), "configuration.tar.gz");
    writeFileSync(archive, found(organization.configurations.get(run.configuration)?.content));
    await extract({ file: archive, cwd: folder });
    const root = this.rootOf(run, workspace);
    // An override with a backend takes the place of the cloud block.
    writeFileSync(join(root, "zz_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } } }));
    const state = organization.currentState(workspace)?.content;
    if (state !== undefined) writeFileSync(join(root, "terraform.tfstate"), state, { mode: 0o600 });
  }

  private rootOf({ id }: Run, { settings }: Workspace): string {
    return join(this.folderOf(id), "configuration", settings["working-directory"] ?? "");
  }

  private async run(
    run: Run,
    workspace: Workspace,
    phase: Phase,
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<number | null> {
    const env = await this.environment(run, workspace, phase);
    return new Promise((resolve, reject) => {
      // A process group of its own: an interrupt reaches Terraform once, and not its plugins.
      const child = spawn(this.options.terraform, args, { cwd: this.rootOf(run, workspace), env, detached: true });
      child.stdout.on("data", (data: Buffer) => this.write(phase, data));
      child.stderr.on("data", (data: Buffer) => this.write(phase, data));
      const interrupt = () => {
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGKILL"), patience).unref();
      };
      signal.addEventListener("abort", interrupt, { once: true });
      if (signal.aborted) interrupt();
      child.once("error", reject);
      child.once("close", (code) => {
        signal.removeEventListener("abort", interrupt);
        resolve(code);
      });
    });
  }

  private async environment(run: Run, workspace: Workspace, phase: Phase): Promise<Record<string, string>> {
    const { organization, environment, signIn } = this.options;
    const given = runVariables(organization, workspace);
    const roleArn = given[phase === run.plan ? "TFC_AWS_PLAN_ROLE_ARN" : "TFC_AWS_APPLY_ROLE_ARN"];
    const signedIn =
      given["TFC_AWS_PROVIDER_AUTH"] === "true" && roleArn !== undefined && signIn !== undefined
        ? await signIn(roleArn)
        : {};
    return { ...environment(run.token, this.folderOf(run.id)), ...given, ...signedIn, TFC_RUN_ID: run.id };
  }

  private async count(run: Run, workspace: Workspace, phase: Phase): Promise<void> {
    const shown: Phase = { ...phase, log: Buffer.alloc(0) };
    const code = await this.run(run, workspace, shown, ["show", "-json", "run.tfplan"], new AbortController().signal);
    if (code !== 0) throw new Error(`terraform show ended with ${code}: ${shown.log.toString("utf8")}`);
    phase.json = shown.log;
    for (const { change } of planSchema.parse(JSON.parse(shown.log.toString("utf8"))).resource_changes) {
      if (change.actions.includes("create")) phase.additions++;
      if (change.actions.includes("delete")) phase.destructions++;
      if (change.actions.includes("update")) phase.changes++;
      if (change.importing !== undefined && change.importing !== null) phase.imports++;
    }
  }

  private keepState(run: Run, workspace: Workspace): void {
    const file = join(this.rootOf(run, workspace), "terraform.tfstate");
    if (!existsSync(file)) return;
    const content = readFileSync(file);
    const { serial } = stateSchema.parse(JSON.parse(content.toString("utf8")));
    if (this.options.organization.currentState(workspace)?.content?.equals(content)) return;
    const createdAt = this.options.organization.now().toISOString();
    workspace.states.push({ id: newId("sv"), serial, createdAt, content, json: undefined });
  }

  private begin(phase: Phase): void {
    phase.status = "running";
    // Clients leave the first three lines of an apply out, for a plan has shown them.
    this.write(
      phase,
      `\x02Terraform v${this.options.version}\non ${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}\nInitializing plugins and modules...\n`,
    );
  }

  private finish(phase: Phase, ended: Ended): Ended {
    phase.status = ended === "done" ? "finished" : ended;
    this.write(phase, "\x03");
    return ended;
  }

  private write(phase: Phase, data: Buffer | string): void {
    phase.log = Buffer.concat([phase.log, Buffer.from(data)]);
  }
}
