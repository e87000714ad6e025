import { ApiError, Given, nothing, one, several } from "../json-api";
import { found } from "../organization";
import { type Notification, newId, type RunTrigger } from "../records";
import type { Handlers } from "../router";
import { notificationView, runTriggerView, workspaceView } from "../views";
import type { Service } from "./service";

/** What follows from a run: other runs, and messages. */
export function triggerRequests({ organization }: Service): Handlers {
  const trigger = (id: string | undefined) => found(organization.runTriggers.get(id ?? ""));
  const notification = (id: string | undefined) => found(organization.notifications.get(id ?? ""));
  const answer = (of: RunTrigger, status = 200) =>
    one(
      runTriggerView(of, organization),
      [of.workspace, of.sourceable].map((id) => workspaceView(organization.workspace(id), organization)),
      status,
    );
  return {
    "POST workspaces/:id/run-triggers": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const workspace = organization.workspace(path["id"] ?? "").id;
      const sourceable = organization.workspace(Given.from(body).related("sourceable") ?? "").id;
      if (workspace === sourceable) throw new ApiError(422, "invalid attribute", "Sourceable cannot be the workspace");
      const made = { id: newId("rt"), workspace, sourceable, createdAt: organization.now().toISOString() };
      organization.runTriggers.set(made.id, made);
      return answer(made, 201);
    },
    "GET workspaces/:id/run-triggers": ({ path, query }) => {
      const side = query.get("filter[run-trigger][type]") === "outbound" ? "sourceable" : "workspace";
      const all = [...organization.runTriggers.values()].filter((each) => each[side] === path["id"]);
      return several(all.map((each) => runTriggerView(each, organization)));
    },
    "GET run-triggers/:id": ({ path }) => answer(trigger(path["id"])),
    "DELETE run-triggers/:id": ({ caller, path }) => {
      organization.checkOwner(caller);
      organization.runTriggers.delete(trigger(path["id"]).id);
      return nothing();
    },
    "POST workspaces/:id/notification-configurations": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const workspace = organization.workspace(path["id"] ?? "").id;
      const made: Notification = { id: newId("nc"), workspace, attributes: Given.from(body).attributes };
      organization.notifications.set(made.id, made);
      return one(notificationView(made), [], 201);
    },
    "GET notification-configurations/:id": ({ path }) => one(notificationView(notification(path["id"]))),
    "PATCH notification-configurations/:id": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const changed = notification(path["id"]);
      changed.attributes = { ...changed.attributes, ...Given.from(body).attributes };
      return one(notificationView(changed));
    },
    "DELETE notification-configurations/:id": ({ caller, path }) => {
      organization.checkOwner(caller);
      organization.notifications.delete(notification(path["id"]).id);
      return nothing();
    },
  };
}
