import { createHash } from "node:crypto";
import { ApiError, Given, one, several } from "../json-api";
import { found } from "../organization";
import { newId, type StateVersion } from "../records";
import type { Handlers } from "../router";
import { outputViews, stateView } from "../views";
import type { Service } from "./service";

export function stateRequests({ organization, objectUrl }: Service): Handlers {
  const view = (state: StateVersion) => stateView(state, (part) => objectUrl(part, state.id));
  return {
    "GET workspaces/:id/current-state-version": ({ caller, path }) => {
      const workspace = organization.workspace(path["id"] ?? "");
      organization.checkReads(caller, workspace);
      const state = found(organization.currentState(workspace));
      return one(view(state), outputViews(state));
    },
    "GET workspaces/:id/current-state-version-outputs": ({ caller, path }) => {
      const workspace = organization.workspace(path["id"] ?? "");
      organization.checkReads(caller, workspace);
      return several(outputViews(found(organization.currentState(workspace))));
    },
    "GET state-versions/:id": ({ caller, path }) => {
      const { workspace, state } = organization.stateVersion(path["id"] ?? "");
      organization.checkReads(caller, workspace);
      return one(view(state));
    },
    "GET state-versions/:id/outputs": ({ caller, path }) => {
      const { workspace, state } = organization.stateVersion(path["id"] ?? "");
      organization.checkReads(caller, workspace);
      return several(outputViews(state));
    },
    "POST workspaces/:id/state-versions": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const workspace = organization.workspace(path["id"] ?? "");
      // Who writes a state holds its lock. Source: HCP Terraform API, "Create a State Version".
      if (workspace.lock?.kind !== "user") {
        throw new ApiError(409, "conflict", "The workspace must be locked by the user who writes a state version");
      }
      const given = Given.from(body);
      const serial = Number(given.attributes["serial"]);
      const before = organization.currentState(workspace);
      if (before !== undefined && serial <= before.serial && !given.flag("force")) {
        throw new ApiError(409, "conflict", `The serial ${serial} is not newer than ${before.serial}`);
      }
      const text = given.text("state");
      const content = text === undefined ? undefined : Buffer.from(text, "base64");
      if (content !== undefined && createHash("md5").update(content).digest("hex") !== given.text("md5")) {
        throw new ApiError(422, "invalid attribute", "The MD5 is not that of the state");
      }
      const createdAt = organization.now().toISOString();
      const state: StateVersion = { id: newId("sv"), serial, createdAt, content, json: undefined };
      workspace.states.push(state);
      return one(view(state), [], 201);
    },
  };
}
