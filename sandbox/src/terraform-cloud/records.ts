import { randomBytes } from "node:crypto";
import { z } from "zod";

/** Id of a new record, such as `ws-0123456789abcdef`. */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(8).toString("hex")}`;
}

/** Settings of a workspace that clients set and read back, under the API's own names. */
export const workspaceSettings = z.object({
  "agent-pool-id": z.string().nullish(),
  "allow-destroy-plan": z.boolean().default(true),
  "assessments-enabled": z.boolean().default(false),
  "auto-apply": z.boolean().default(false),
  "auto-apply-run-trigger": z.boolean().default(false),
  description: z.string().nullish(),
  "execution-mode": z.enum(["remote", "agent", "local"]).default("remote"),
  "file-triggers-enabled": z.boolean().default(true),
  "global-remote-state": z.boolean().default(false),
  "project-remote-state": z.boolean().default(false),
  "queue-all-runs": z.boolean().default(false),
  "source-name": z.string().nullish(),
  "source-url": z.string().nullish(),
  "speculative-enabled": z.boolean().default(true),
  "structured-run-output-enabled": z.boolean().default(true),
  "terraform-version": z.string().default("1.11.4"),
  "trigger-patterns": z.array(z.string()).nullish(),
  "trigger-prefixes": z.array(z.string()).nullish(),
  "vcs-repo": z.looseObject({ identifier: z.string() }).nullish(),
  "working-directory": z.string().nullish(),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

export interface Project {
  readonly id: string;
  name: string;
  description: string;
}

/** Who holds the lock of a workspace. */
export type Holder = { readonly kind: "run"; readonly id: string } | { readonly kind: "user"; readonly id: string };

export interface StateVersion {
  readonly id: string;
  readonly serial: number;
  readonly createdAt: string;
  /** Undefined until it is uploaded. */
  content: Buffer | undefined;
  json: Buffer | undefined;
}

export interface Configuration {
  readonly id: string;
  readonly workspace: string;
  readonly speculative: boolean;
  /** A tar.gz; undefined until it is uploaded. */
  content: Buffer | undefined;
}

export interface Variable {
  readonly id: string;
  key: string;
  value: string;
  description: string;
  category: string;
  hcl: boolean;
  sensitive: boolean;
}

export interface VariableSet {
  readonly id: string;
  name: string;
  description: string;
  global: boolean;
  priority: boolean;
  readonly variables: Map<string, Variable>;
  /** Ids of the workspaces that it is applied to. */
  readonly workspaces: Set<string>;
}

export interface RunTrigger {
  readonly id: string;
  /** Id of the workspace whose runs start others. */
  readonly sourceable: string;
  /** Id of the workspace that is run. */
  readonly workspace: string;
  readonly createdAt: string;
}

export interface Notification {
  readonly id: string;
  readonly workspace: string;
  attributes: Readonly<Record<string, unknown>>;
}

export type RunStatus =
  | "pending"
  | "planning"
  | "planned"
  | "planned_and_finished"
  | "planned_and_saved"
  | "confirmed"
  | "applying"
  | "applied"
  | "discarded"
  | "canceled"
  | "errored";

/** One of the two halves of a run. */
export interface Phase {
  readonly id: string;
  status: "pending" | "running" | "finished" | "errored" | "canceled" | "unreachable";
  /** Framed by STX and ETX, as clients expect it. */
  log: Buffer;
  /** Of a plan that was made: as `terraform show -json` has it, with whatever is secret. */
  json: Buffer | undefined;
  additions: number;
  changes: number;
  destructions: number;
  imports: number;
}

export interface RunOptions {
  readonly autoApply: boolean;
  readonly destroy: boolean;
  readonly planOnly: boolean;
  readonly savePlan: boolean;
  readonly refresh: boolean;
  readonly refreshOnly: boolean;
  readonly targets: readonly string[];
  readonly replacements: readonly string[];
  readonly message: string;
}

export interface Run {
  readonly id: string;
  readonly workspace: string;
  readonly configuration: string;
  readonly options: RunOptions;
  readonly createdAt: string;
  status: RunStatus;
  hasChanges: boolean;
  readonly plan: Phase;
  readonly apply: Phase;
  /** Token that its Terraform calls with; of no use once it is over. */
  readonly token: string;
}

export const finalStatuses: readonly RunStatus[] = [
  "planned_and_finished",
  "applied",
  "discarded",
  "canceled",
  "errored",
];

export interface Workspace {
  readonly id: string;
  name: string;
  project: string;
  settings: WorkspaceSettings;
  readonly createdAt: string;
  lock: Holder | undefined;
  /** Ids of the workspaces that may read its state. */
  readonly consumers: Set<string>;
  tags: ReadonlyMap<string, string>;
  readonly states: StateVersion[];
  readonly variables: Map<string, Variable>;
}

export function newPhase(prefix: "plan" | "apply"): Phase {
  return {
    id: newId(prefix),
    status: "pending",
    log: Buffer.alloc(0),
    json: undefined,
    additions: 0,
    changes: 0,
    destructions: 0,
    imports: 0,
  };
}
