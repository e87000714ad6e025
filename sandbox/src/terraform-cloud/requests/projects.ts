import { ApiError, Given, nothing, one, several } from "../json-api";
import { found } from "../organization";
import { newId } from "../records";
import type { Handlers } from "../router";
import { projectView } from "../views";
import type { Service } from "./service";

export function projectRequests({ organization }: Service): Handlers {
  const project = (id: string | undefined) => found(organization.projects.get(id ?? ""));
  const checkFree = (name: string) => {
    if ([...organization.projects.values()].some((one) => one.name === name)) {
      throw new ApiError(422, "invalid attribute", "Name has already been taken");
    }
  };
  return {
    "GET organizations/:organization/projects": ({ query }) => {
      const names = query.get("filter[names]")?.split(",");
      const all = [...organization.projects.values()].filter(({ name }) => names?.includes(name) ?? true);
      return several(all.map((each) => projectView(each, organization)));
    },
    "POST organizations/:organization/projects": ({ caller, body }) => {
      organization.checkOwner(caller);
      const given = Given.from(body);
      const name = given.text("name") ?? "";
      checkFree(name);
      const made = { id: newId("prj"), name, description: given.text("description") ?? "" };
      organization.projects.set(made.id, made);
      return one(projectView(made, organization), [], 201);
    },
    "GET projects/:id": ({ path }) => one(projectView(project(path["id"]), organization)),
    "PATCH projects/:id": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const changed = project(path["id"]);
      const given = Given.from(body);
      const name = given.text("name") ?? changed.name;
      if (name !== changed.name) checkFree(name);
      changed.name = name;
      changed.description = given.text("description") ?? changed.description;
      return one(projectView(changed, organization));
    },
    "DELETE projects/:id": ({ caller, path }) => {
      organization.checkOwner(caller);
      const { id } = project(path["id"]);
      if ([...organization.workspaces.values()].some((workspace) => workspace.project === id)) {
        throw new ApiError(403, "forbidden", "Project cannot be deleted while it has workspaces");
      }
      organization.projects.delete(id);
      return nothing();
    },
  };
}
