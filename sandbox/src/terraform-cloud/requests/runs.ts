import { ApiError, Given, nothing, one, type Resource, several } from "../json-api";
import { found, isOver } from "../organization";
import { type Configuration, newId, type Run } from "../records";
import type { Handlers } from "../router";
import { configurationView, phaseView, runView, workspaceView } from "../views";
import type { Service } from "./service";

export function runRequests({ organization, queue, objectUrl }: Service): Handlers {
  const run = (id: string | undefined) => organization.run(id ?? "");
  const phases = ({ plan, apply }: Run): readonly Resource[] => [
    phaseView("plans", plan, objectUrl("log", plan.id)),
    phaseView("applies", apply, objectUrl("log", apply.id)),
  ];
  const answer = (of: Run, status = 200) =>
    one(runView(of), [...phases(of), workspaceView(organization.workspace(of.workspace), organization)], status);
  const configured = (configuration: Configuration, status = 200) =>
    one(configurationView(configuration, objectUrl("configuration", configuration.id)), [], status);
  return {
    "POST workspaces/:id/configuration-versions": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const configuration: Configuration = {
        id: newId("cv"),
        workspace: organization.workspace(path["id"] ?? "").id,
        speculative: Given.from(body).flag("speculative"),
        content: undefined,
      };
      organization.configurations.set(configuration.id, configuration);
      return configured(configuration, 201);
    },
    "GET configuration-versions/:id": ({ path }) =>
      configured(found(organization.configurations.get(path["id"] ?? ""))),
    "POST runs": ({ caller, body }) => {
      organization.checkOwner(caller);
      const given = Given.from(body);
      const workspace = organization.workspace(given.related("workspace") ?? "");
      if (workspace.settings["execution-mode"] === "local") {
        throw new ApiError(422, "invalid attribute", "Workspace executes runs locally");
      }
      const configuration = found(organization.configurations.get(given.related("configuration-version") ?? ""));
      return answer(
        queue.add(workspace, configuration, {
          autoApply:
            given.attributes["auto-apply"] === undefined ? workspace.settings["auto-apply"] : given.flag("auto-apply"),
          destroy: given.flag("is-destroy"),
          planOnly: given.flag("plan-only") || configuration.speculative,
          savePlan: given.flag("save-plan"),
          refresh: given.attributes["refresh"] !== false,
          refreshOnly: given.flag("refresh-only"),
          targets: given.list("target-addrs"),
          replacements: given.list("replace-addrs"),
          message: given.text("message") ?? "Queued manually using Terraform",
        }),
        201,
      );
    },
    "GET runs/:id": ({ path }) => answer(run(path["id"])),
    "GET runs/:id/run-events": () => several([]),
    "GET workspaces/:id/runs": ({ caller, path }) => {
      organization.checkOwner(caller);
      return several(organization.runsOf(organization.workspace(path["id"] ?? "")).map(runView));
    },
    "GET plans/:id": ({ path }) => {
      const phase = organization.phase(path["id"] ?? "");
      return one(phaseView("plans", phase, objectUrl("log", phase.id)));
    },
    "GET plans/:id/json-output": ({ caller, path }) => {
      organization.checkOwner(caller);
      return { status: 200, bytes: found(organization.phase(path["id"] ?? "").json) };
    },
    "GET applies/:id": ({ path }) => {
      const phase = organization.phase(path["id"] ?? "");
      return one(phaseView("applies", phase, objectUrl("log", phase.id)));
    },
    "POST runs/:id/actions/apply": ({ caller, path }) => {
      organization.checkOwner(caller);
      const confirmed = run(path["id"]);
      if (!["planned", "planned_and_saved"].includes(confirmed.status)) throw transition("apply", confirmed);
      queue.confirm(confirmed);
      return nothing(202);
    },
    "POST runs/:id/actions/discard": ({ caller, path }) => {
      organization.checkOwner(caller);
      const discarded = run(path["id"]);
      if (!["pending", "planned", "planned_and_saved"].includes(discarded.status))
        throw transition("discard", discarded);
      queue.discard(discarded);
      return nothing(202);
    },
    "POST runs/:id/actions/cancel": ({ caller, path }) => {
      organization.checkOwner(caller);
      const canceled = run(path["id"]);
      if (isOver(canceled)) throw transition("cancel", canceled);
      queue.cancel(canceled);
      return nothing(202);
    },
  };
}

const transition = (action: string, { status }: Run) =>
  new ApiError(409, "transition not allowed", `A run that is ${status} cannot ${action}`);
