import { notFound, nothing, one, several } from "../json-api";
import { isOver } from "../organization";
import type { Handlers } from "../router";
import { organizationView, runView } from "../views";
import type { Service } from "./service";

export function organizationRequests({ organization }: Service): Handlers {
  const known = (name: string | undefined) => {
    if (name !== organization.name) throw notFound();
  };
  const active = () => [...organization.runs.values()].filter((run) => !isOver(run));
  return {
    "GET ping": () => nothing(),
    "GET organizations/:organization": ({ path }) => {
      known(path["organization"]);
      return one(organizationView(organization));
    },
    "GET organizations/:organization/entitlement-set": ({ path }) => {
      known(path["organization"]);
      const attributes = {
        operations: true,
        "state-storage": true,
        agents: true,
        teams: true,
        "vcs-integrations": true,
        "run-tasks": false,
      };
      return one({ type: "entitlement-sets", id: organization.name, attributes });
    },
    "GET organizations/:organization/runs/queue": ({ path }) => {
      known(path["organization"]);
      return several(active().map(runView));
    },
    "GET organizations/:organization/capacity": ({ path }) => {
      known(path["organization"]);
      const pending = active().filter(({ status }) => status === "pending").length;
      const attributes = { pending, running: active().length - pending };
      return one({ type: "organization-capacity", id: organization.name, attributes });
    },
  };
}
