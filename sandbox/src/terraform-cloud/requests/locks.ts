import { ApiError, one } from "../json-api";
import type { Holder, Workspace } from "../records";
import type { Handlers } from "../router";
import { workspaceView } from "../views";
import type { Service } from "./service";

export function lockRequests({ organization, queue }: Service): Handlers {
  const answer = (workspace: Workspace) => one(workspaceView(workspace, organization));
  const release = (workspace: Workspace) => {
    workspace.lock = undefined;
    queue.look();
    return answer(workspace);
  };
  /** As clients tell apart who holds it. */
  const heldBy = ({ kind }: Holder) =>
    `Unable to unlock workspace. The workspace is locked by ${kind === "run" ? "Run" : "User"}`;
  return {
    "POST workspaces/:id/actions/lock": ({ caller, path }) => {
      const workspace = organization.workspace(path["id"] ?? "");
      organization.checkOwner(caller);
      if (workspace.lock !== undefined) throw new ApiError(409, "conflict", "Workspace already locked");
      workspace.lock = { kind: "user", id: caller.kind === "owner" ? caller.name : caller.run.id };
      return answer(workspace);
    },
    "POST workspaces/:id/actions/unlock": ({ caller, path }) => {
      const workspace = organization.workspace(path["id"] ?? "");
      organization.checkOwner(caller);
      const { lock } = workspace;
      if (lock === undefined) throw new ApiError(409, "conflict", "Workspace already unlocked");
      if (lock.kind === "run" || (caller.kind === "owner" && lock.id !== caller.name)) {
        throw new ApiError(409, "conflict", heldBy(lock));
      }
      return release(workspace);
    },
    "POST workspaces/:id/actions/force-unlock": ({ caller, path }) => {
      const workspace = organization.workspace(path["id"] ?? "");
      organization.checkOwner(caller);
      if (workspace.lock === undefined) throw new ApiError(409, "conflict", "Workspace already unlocked");
      // Two would write one state.
      if (workspace.lock.kind === "run") throw new ApiError(409, "conflict", heldBy(workspace.lock));
      return release(workspace);
    },
  };
}
