import type { Identifier, Resource } from "./json-api";
import type { Organization } from "./organization";
import { isOver } from "./organization";
import type {
  Configuration,
  Notification,
  Phase,
  Project,
  Run,
  RunTrigger,
  StateVersion,
  Variable,
  VariableSet,
  Workspace,
} from "./records";

const ref = (type: string, id: string): { readonly data: Identifier } => ({ data: { type, id } });
const refs = (type: string, ids: Iterable<string>) => ({ data: [...ids].map((id) => ({ type, id })) });

export function organizationView({ name, defaultProject }: Organization): Resource {
  return {
    type: "organizations",
    id: name,
    attributes: { name, email: "owner@example.com", "default-execution-mode": "remote" },
    relationships: { "default-project": ref("projects", defaultProject.id) },
  };
}

export function projectView({ id, name, description }: Project, organization: Organization): Resource {
  return {
    type: "projects",
    id,
    attributes: { name, description },
    relationships: {
      organization: ref("organizations", organization.name),
      "effective-tag-bindings": { data: [] },
    },
  };
}

/** Tags of a workspace; none is inherited here. */
export function tagViews(
  { id, tags }: Workspace,
  type: "tag-bindings" | "effective-tag-bindings",
): readonly Resource[] {
  return [...tags].map(([key, value]) => ({ type, id: `${id}-${key}`, attributes: { key, value } }));
}

const may = {
  "can-destroy": true,
  "can-force-delete": true,
  "can-force-unlock": true,
  "can-lock": true,
  "can-queue-apply": true,
  "can-queue-destroy": true,
  "can-queue-run": true,
  "can-read-settings": true,
  "can-read-state-versions": true,
  "can-read-variable": true,
  "can-unlock": true,
  "can-update": true,
  "can-update-variable": true,
};

export function workspaceView(workspace: Workspace, organization: Organization): Resource {
  const { id, name, project, settings, lock, createdAt } = workspace;
  const { "agent-pool-id": pool, "vcs-repo": repository, ...attributes } = settings;
  const run = organization.currentRun(workspace);
  const state = organization.currentState(workspace);
  return {
    type: "workspaces",
    id,
    attributes: {
      ...attributes,
      name,
      "vcs-repo": repository ?? null,
      "trigger-patterns": settings["trigger-patterns"] ?? [],
      "trigger-prefixes": settings["trigger-prefixes"] ?? [],
      actions: { "is-destroyable": true },
      "created-at": createdAt,
      locked: lock !== undefined,
      operations: settings["execution-mode"] !== "local",
      permissions: may,
      "resource-count": resourcesIn(state),
      "setting-overwrites": { "execution-mode": true, "agent-pool": true },
      source: "tfe-api",
      "tag-names": [],
    },
    relationships: {
      organization: ref("organizations", organization.name),
      project: ref("projects", project),
      "agent-pool": pool ? ref("agent-pools", pool) : { data: null },
      "current-run": run === undefined ? { data: null } : ref("runs", run.id),
      "current-state-version": state === undefined ? { data: null } : ref("state-versions", state.id),
      "effective-tag-bindings": refs(
        "effective-tag-bindings",
        tagViews(workspace, "effective-tag-bindings").map((tag) => tag.id),
      ),
    },
    links: {
      self: `/api/v2/organizations/${organization.name}/workspaces/${name}`,
      "self-html": `/app/${organization.name}/workspaces/${name}`,
    },
  };
}

function resourcesIn(state: StateVersion | undefined): number {
  if (state?.content === undefined) return 0;
  const { resources = [] }: { resources?: readonly { mode: string }[] } = JSON.parse(state.content.toString("utf8"));
  return resources.filter(({ mode }) => mode === "managed").length;
}

export function configurationView({ id, speculative, content }: Configuration, uploadUrl: string): Resource {
  return {
    type: "configuration-versions",
    id,
    attributes: {
      "auto-queue-runs": false,
      speculative,
      source: "tfe-api",
      status: content === undefined ? "pending" : "uploaded",
      "upload-url": uploadUrl,
    },
  };
}

export function runView(run: Run): Resource {
  const { id, options, status } = run;
  const waits = status === "planned" || status === "planned_and_saved";
  return {
    type: "runs",
    id,
    attributes: {
      actions: {
        "is-cancelable": !isOver(run) && !waits,
        "is-confirmable": waits,
        "is-discardable": waits || status === "pending",
        "is-force-cancelable": false,
      },
      permissions: { "can-apply": true, "can-cancel": true, "can-discard": true, "can-force-cancel": true },
      "auto-apply": options.autoApply,
      "created-at": run.createdAt,
      "has-changes": run.hasChanges,
      "is-destroy": options.destroy,
      message: options.message,
      "plan-only": options.planOnly,
      "save-plan": options.savePlan,
      refresh: options.refresh,
      "refresh-only": options.refreshOnly,
      "target-addrs": options.targets,
      "replace-addrs": options.replacements,
      source: "tfe-api",
      status,
    },
    relationships: {
      workspace: ref("workspaces", run.workspace),
      "configuration-version": ref("configuration-versions", run.configuration),
      plan: ref("plans", run.plan.id),
      apply: ref("applies", run.apply.id),
    },
  };
}

export function phaseView(type: "plans" | "applies", phase: Phase, logUrl: string): Resource {
  return {
    type,
    id: phase.id,
    attributes: {
      status: phase.status,
      "has-changes": phase.additions + phase.changes + phase.destructions + phase.imports > 0,
      "log-read-url": logUrl,
      "resource-additions": phase.additions,
      "resource-changes": phase.changes,
      "resource-destructions": phase.destructions,
      "resource-imports": phase.imports,
    },
  };
}

export function stateView(state: StateVersion, urlOf: (part: "state" | "json") => string): Resource {
  const there = state.content !== undefined;
  return {
    type: "state-versions",
    id: state.id,
    attributes: {
      "created-at": state.createdAt,
      serial: state.serial,
      status: there ? "finalized" : "pending",
      "resources-processed": there,
      "hosted-state-download-url": there ? urlOf("state") : null,
      "hosted-json-state-download-url": state.json === undefined ? null : urlOf("json"),
      "hosted-state-upload-url": there ? null : urlOf("state"),
      "hosted-json-state-upload-url": there ? null : urlOf("json"),
    },
  };
}

/** Outputs of a state, with their types as Terraform writes them. */
export function outputViews(state: StateVersion): readonly Resource[] {
  const { outputs = {} }: { outputs?: Record<string, { value: unknown; type: unknown; sensitive?: boolean }> } =
    JSON.parse((state.content ?? Buffer.from("{}")).toString("utf8"));
  return Object.entries(outputs).map(([name, { value, type, sensitive = false }]) => ({
    type: "state-version-outputs",
    id: `${state.id}-${name}`,
    attributes: {
      name,
      sensitive,
      type: Array.isArray(value) ? "array" : typeof value,
      "detailed-type": type,
      value: sensitive ? null : value,
    },
  }));
}

export function variableView(variable: Variable, owner: Identifier): Resource {
  const { id, key, value, description, category, hcl, sensitive } = variable;
  return {
    type: "vars",
    id,
    attributes: { key, value: sensitive ? null : value, description, category, hcl, sensitive, "version-id": id },
    relationships: { [owner.type === "varsets" ? "varset" : "configurable"]: { data: owner } },
  };
}

export function variableSetView(set: VariableSet, organization: Organization): Resource {
  const { id, name, description, global, priority, workspaces, variables } = set;
  return {
    type: "varsets",
    id,
    attributes: { name, description, global, priority },
    relationships: {
      organization: ref("organizations", organization.name),
      parent: ref("organizations", organization.name),
      workspaces: refs("workspaces", workspaces),
      projects: { data: [] },
      vars: refs("vars", variables.keys()),
    },
  };
}

export function runTriggerView(trigger: RunTrigger, organization: Organization): Resource {
  return {
    type: "run-triggers",
    id: trigger.id,
    attributes: {
      "created-at": trigger.createdAt,
      "workspace-name": organization.workspaces.get(trigger.workspace)?.name,
      "sourceable-name": organization.workspaces.get(trigger.sourceable)?.name,
    },
    relationships: {
      workspace: ref("workspaces", trigger.workspace),
      sourceable: ref("workspaces", trigger.sourceable),
    },
  };
}

export function notificationView({ id, workspace, attributes }: Notification): Resource {
  return {
    type: "notification-configurations",
    id,
    attributes: { ...attributes, token: null, "delivery-responses": [] },
    relationships: { subscribable: ref("workspaces", workspace), users: { data: [] } },
  };
}
