import { z } from "zod";
import { type Answer, ApiError, Given, idsOf, nothing, one, several } from "../json-api";
import { found } from "../organization";
import { newId, type Workspace, workspaceSettings } from "../records";
import type { Handlers } from "../router";
import { organizationView, runView, tagViews, workspaceView } from "../views";
import type { Service } from "./service";

/** What Terraform Cloud takes for a name. */
const workspaceName = /^[A-Za-z0-9_-]{1,90}$/;

export function workspaceRequests({ organization, queue }: Service): Handlers {
  const answer = (workspace: Workspace, status = 200): Answer => {
    const run = organization.currentRun(workspace);
    const included = [
      organizationView(organization),
      ...tagViews(workspace, "effective-tag-bindings"),
      ...(run === undefined ? [] : [runView(run)]),
    ];
    return one(workspaceView(workspace, organization), included, status);
  };

  const change = (workspace: Workspace, given: Given): void => {
    const name = given.text("name") ?? workspace.name;
    if (name !== workspace.name) checkName(name);
    const project = given.related("project") ?? workspace.project;
    found(organization.projects.get(project));
    const parsed = workspaceSettings.safeParse({ ...workspace.settings, ...given.attributes });
    if (!parsed.success) throw new ApiError(422, "invalid attribute", z.prettifyError(parsed.error));
    const pool = parsed.data["execution-mode"] === "agent" ? parsed.data["agent-pool-id"] : undefined;
    if (parsed.data["execution-mode"] === "agent" && !organization.agentPools.includes(pool ?? "")) {
      throw new ApiError(422, "invalid attribute", `Agent pool ${pool ?? "(none)"} not found`);
    }
    const tags = given.embedded("tag-bindings");
    if (tags !== undefined) workspace.tags = new Map(tags.map(({ key, value }) => [String(key), String(value ?? "")]));
    workspace.settings = { ...parsed.data, "agent-pool-id": pool };
    workspace.name = name;
    workspace.project = project;
  };

  const checkName = (name: string): void => {
    if (!workspaceName.test(name)) throw new ApiError(422, "invalid attribute", "Name is invalid");
    if (organization.workspaceNamed(name) !== undefined) {
      throw new ApiError(422, "invalid attribute", "Name has already been taken");
    }
  };

  const remove = (workspace: Workspace): Answer => {
    if (workspace.lock !== undefined) throw new ApiError(409, "conflict", "Workspace is locked");
    organization.workspaces.delete(workspace.id);
    for (const other of organization.workspaces.values()) other.consumers.delete(workspace.id);
    for (const set of organization.variableSets.values()) set.workspaces.delete(workspace.id);
    for (const trigger of organization.runTriggers.values()) {
      if ([trigger.workspace, trigger.sourceable].includes(workspace.id)) organization.runTriggers.delete(trigger.id);
    }
    return nothing();
  };

  const named = (name: string | undefined) => found(organization.workspaceNamed(name ?? ""));
  const of = (id: string | undefined) => organization.workspace(id ?? "");

  return {
    "GET organizations/:organization/workspaces": ({ caller, query }) => {
      organization.checkOwner(caller);
      const part = query.get("search[name]") ?? "";
      const all = [...organization.workspaces.values()].filter(({ name }) => name.includes(part));
      return several(all.map((workspace) => workspaceView(workspace, organization)));
    },
    "POST organizations/:organization/workspaces": ({ caller, body }) => {
      organization.checkOwner(caller);
      const given = Given.from(body);
      checkName(given.text("name") ?? "");
      const workspace: Workspace = {
        id: newId("ws"),
        name: given.text("name") ?? "",
        project: organization.defaultProject.id,
        settings: workspaceSettings.parse({}),
        createdAt: organization.now().toISOString(),
        lock: undefined,
        consumers: new Set(),
        tags: new Map(),
        states: [],
        variables: new Map(),
      };
      change(workspace, given);
      organization.workspaces.set(workspace.id, workspace);
      return answer(workspace, 201);
    },
    "GET organizations/:organization/workspaces/:name": ({ caller, path }) => {
      const workspace = named(path["name"]);
      organization.checkReads(caller, workspace);
      return answer(workspace);
    },
    "GET workspaces/:id": ({ caller, path }) => {
      const workspace = of(path["id"]);
      organization.checkReads(caller, workspace);
      return answer(workspace);
    },
    "PATCH workspaces/:id": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const workspace = of(path["id"]);
      change(workspace, Given.from(body));
      queue.look();
      return answer(workspace);
    },
    "DELETE workspaces/:id": ({ caller, path }) => {
      organization.checkOwner(caller);
      return remove(of(path["id"]));
    },
    "POST workspaces/:id/actions/safe-delete": ({ caller, path }) => {
      organization.checkOwner(caller);
      const workspace = of(path["id"]);
      const managed = Number(workspaceView(workspace, organization).attributes["resource-count"]);
      if (managed > 0) {
        throw new ApiError(409, "conflict", `Workspace manages ${managed} resources, so it is not safe to delete`);
      }
      return remove(workspace);
    },
    "GET workspaces/:id/tag-bindings": ({ path }) => several(tagViews(of(path["id"]), "tag-bindings")),
    "GET workspaces/:id/effective-tag-bindings": ({ path }) =>
      several(tagViews(of(path["id"]), "effective-tag-bindings")),
    "GET workspaces/:id/relationships/remote-state-consumers": ({ path }) =>
      several([...of(path["id"]).consumers].map((id) => workspaceView(of(id), organization))),
    "POST workspaces/:id/relationships/remote-state-consumers": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      for (const id of idsOf(body)) of(path["id"]).consumers.add(of(id).id);
      return nothing();
    },
    "PATCH workspaces/:id/relationships/remote-state-consumers": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const { consumers } = of(path["id"]);
      const ids = idsOf(body).map((id) => of(id).id);
      consumers.clear();
      for (const id of ids) consumers.add(id);
      return nothing();
    },
    "DELETE workspaces/:id/relationships/remote-state-consumers": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      for (const id of idsOf(body)) of(path["id"]).consumers.delete(id);
      return nothing();
    },
  };
}
