import { ApiError, notFound } from "./json-api";
import {
  type Configuration,
  finalStatuses,
  type Notification,
  newId,
  type Phase,
  type Project,
  type Run,
  type RunTrigger,
  type StateVersion,
  type VariableSet,
  type Workspace,
} from "./records";

/** Who calls: an owner, who may everything, or the Terraform of a run. */
export type Caller = { readonly kind: "owner"; readonly name: string } | { readonly kind: "run"; readonly run: Run };

/** Everything of one organization, in memory. */
export class Organization {
  readonly projects = new Map<string, Project>();
  readonly workspaces = new Map<string, Workspace>();
  readonly configurations = new Map<string, Configuration>();
  /** In the order they were made. */
  readonly runs = new Map<string, Run>();
  readonly variableSets = new Map<string, VariableSet>();
  readonly runTriggers = new Map<string, RunTrigger>();
  readonly notifications = new Map<string, Notification>();
  readonly defaultProject: Project;

  /**
   * @param agentPools ids of the agent pools that it has
   * @param now the clock that records are dated by
   */
  constructor(
    readonly name: string,
    readonly agentPools: readonly string[],
    readonly now: () => Date,
  ) {
    this.defaultProject = { id: newId("prj"), name: "Default Project", description: "" };
    this.projects.set(this.defaultProject.id, this.defaultProject);
  }

  /** @throws ApiError where there is none */
  workspace(id: string): Workspace {
    return found(this.workspaces.get(id));
  }

  workspaceNamed(name: string): Workspace | undefined {
    return [...this.workspaces.values()].find((workspace) => workspace.name === name);
  }

  /** @throws ApiError where there is none */
  run(id: string): Run {
    return found(this.runs.get(id));
  }

  /** Runs of a workspace, the newest first. */
  runsOf(workspace: Workspace): readonly Run[] {
    return [...this.runs.values()].filter((run) => run.workspace === workspace.id).reverse();
  }

  /** The run that a workspace is at, or the newest. */
  currentRun(workspace: Workspace): Run | undefined {
    const runs = this.runsOf(workspace).filter(({ options }) => !options.planOnly);
    return runs.find(({ id }) => workspace.lock?.id === id) ?? runs[0];
  }

  /** A run's plan or apply. */
  phase(id: string): Phase {
    return found([...this.runs.values()].flatMap(({ plan, apply }) => [plan, apply]).find((phase) => phase.id === id));
  }

  stateVersion(id: string): { readonly workspace: Workspace; readonly state: StateVersion } {
    for (const workspace of this.workspaces.values()) {
      const state = workspace.states.find((one) => one.id === id);
      if (state !== undefined) return { workspace, state };
    }
    throw notFound();
  }

  /** The newest state that was uploaded whole. */
  currentState({ states }: Workspace): StateVersion | undefined {
    return states.filter(({ content }) => content !== undefined).at(-1);
  }

  /**
   * Whether a caller may read a workspace's state: a run may read its own, and what is shared with its workspace.
   *
   * @throws ApiError 403 otherwise
   */
  checkReads(caller: Caller, { id, settings, consumers, project }: Workspace): void {
    if (caller.kind === "owner") return;
    const own = this.workspace(caller.run.workspace);
    const shared =
      id === own.id ||
      settings["global-remote-state"] ||
      (settings["project-remote-state"] && project === own.project) ||
      consumers.has(own.id);
    if (!shared || isOver(caller.run)) throw new ApiError(403, "Forbidden");
  }

  /** @throws ApiError 403 where a run asks for what only people do */
  checkOwner(caller: Caller): void {
    if (caller.kind === "run") throw new ApiError(403, "Forbidden");
  }
}

export const isOver = ({ status }: Run) => finalStatuses.includes(status);

/** @throws ApiError 404 where there is none */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}
