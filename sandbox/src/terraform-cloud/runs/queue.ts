import { randomBytes } from "node:crypto";
import { isOver, type Organization } from "../organization";
import { type Configuration, newId, newPhase, type Run, type RunOptions, type Workspace } from "../records";
import type { Worker } from "./worker";

/** The runs of all workspaces: at most one at a time holds a workspace; plans that cannot be applied wait for nobody. */
export class Queue {
  private readonly working = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  private closed = false;

  constructor(
    private readonly organization: Organization,
    private readonly worker: Worker,
  ) {}

  add(workspace: Workspace, configuration: Configuration, options: RunOptions): Run {
    const run: Run = {
      id: newId("run"),
      workspace: workspace.id,
      configuration: configuration.id,
      options,
      createdAt: this.organization.now().toISOString(),
      status: "pending",
      hasChanges: false,
      plan: newPhase("plan"),
      apply: newPhase("apply"),
      token: `run.${randomBytes(24).toString("hex")}`,
    };
    this.organization.runs.set(run.id, run);
    this.look();
    return run;
  }

  /** Begins whatever may begin. */
  look(): void {
    if (this.closed) return;
    for (const run of this.organization.runs.values()) {
      const workspace = this.organization.workspaces.get(run.workspace);
      if (workspace === undefined || this.working.has(run.id)) continue;
      if (run.status === "pending" && this.mayBegin(run, workspace)) this.plan(run, workspace);
      else if (run.status === "confirmed" && this.mayBegin(run, workspace)) this.applyNow(run, workspace);
    }
  }

  /** Has a planned run applied, when its turn comes. */
  confirm(run: Run): void {
    run.status = "confirmed";
    this.look();
  }

  discard(run: Run): void {
    this.end(run, "discarded");
  }

  /** Interrupts what is running, as Ctrl-C would; its Terraform still writes its state. */
  cancel(run: Run): void {
    const working = this.working.get(run.id);
    if (working === undefined) this.end(run, "canceled");
    else working.abort.abort();
  }

  /** Interrupts everything, and waits until nothing runs. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { abort } of this.working.values()) abort.abort();
    await Promise.all([...this.working.values()].map(({ done }) => done));
  }

  private mayBegin({ id, options }: Run, { lock }: Workspace): boolean {
    const waitsForNobody = options.planOnly || options.savePlan;
    return lock?.id === id || lock === undefined || (waitsForNobody && this.organization.run(id).status === "pending");
  }

  private plan(run: Run, workspace: Workspace): void {
    if (!run.options.planOnly && !run.options.savePlan) workspace.lock = { kind: "run", id: run.id };
    run.status = "planning";
    this.work(run, async (signal) => {
      const ended = await this.worker.plan(run, workspace, signal);
      if (ended !== "done") return this.end(run, ended);
      if (run.options.planOnly || !run.hasChanges) return this.end(run, "planned_and_finished");
      run.status = run.options.savePlan ? "planned_and_saved" : "planned";
      if (run.options.autoApply) this.confirm(run);
    });
  }

  private applyNow(run: Run, workspace: Workspace): void {
    workspace.lock = { kind: "run", id: run.id };
    run.status = "applying";
    this.work(run, async (signal) => {
      const ended = await this.worker.apply(run, workspace, signal);
      this.end(run, ended === "done" ? "applied" : ended);
      if (ended === "done") this.trigger(workspace);
    });
  }

  private work(run: Run, does: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    const done = does(abort.signal)
      .catch((error: unknown) => {
        this.worker.complain(run, error);
        this.end(run, "errored");
      })
      .finally(() => {
        this.working.delete(run.id);
        this.look();
      });
    this.working.set(run.id, { abort, done });
  }

  private end(run: Run, status: Run["status"]): void {
    run.status = status;
    const workspace = this.organization.workspaces.get(run.workspace);
    if (workspace?.lock?.id === run.id) workspace.lock = undefined;
    if (isOver(run)) this.worker.forget(run);
    this.look();
  }

  /** Starts runs of the workspaces that a trigger leads to, each with the configuration that it had last. */
  private trigger(source: Workspace): void {
    for (const { sourceable, workspace: id } of this.organization.runTriggers.values()) {
      const workspace = this.organization.workspaces.get(id);
      const configuration = [...this.organization.configurations.values()]
        .filter((each) => each.workspace === id && !each.speculative && each.content !== undefined)
        .at(-1);
      if (sourceable !== source.id || workspace === undefined || configuration === undefined) continue;
      this.add(workspace, configuration, {
        autoApply: workspace.settings["auto-apply-run-trigger"],
        destroy: false,
        planOnly: false,
        savePlan: false,
        refresh: true,
        refreshOnly: false,
        targets: [],
        replacements: [],
        message: `Triggered by ${source.name}`,
      });
    }
  }
}
