import { ApiError, Given, type Identifier, idsOf, nothing, one, several } from "../json-api";
import { found } from "../organization";
import { newId, type Variable, type VariableSet } from "../records";
import type { Handlers } from "../router";
import { variableSetView, variableView, workspaceView } from "../views";
import type { Service } from "./service";

export function variableRequests({ organization }: Service): Handlers {
  const workspace = (id: string | undefined) => organization.workspace(id ?? "");
  const set = (id: string | undefined) => found(organization.variableSets.get(id ?? ""));
  const answer = (of: VariableSet, status = 200) =>
    one(
      variableSetView(of, organization),
      [
        ...[...of.workspaces].map((id) => workspaceView(organization.workspace(id), organization)),
        ...[...of.variables.values()].map((variable) => variableView(variable, { type: "varsets", id: of.id })),
      ],
      status,
    );
  /** The same four requests for variables of a workspace and of a set. */
  const of = (
    prefix: string,
    type: string,
    variablesOf: (id: string | undefined) => Map<string, Variable>,
  ): Handlers => {
    const owner = (id: string | undefined): Identifier => ({ type, id: id ?? "" });
    return {
      [`GET ${prefix}`]: ({ path }) =>
        several([...variablesOf(path["id"]).values()].map((variable) => variableView(variable, owner(path["id"])))),
      [`POST ${prefix}`]: ({ caller, path, body }) => {
        organization.checkOwner(caller);
        const variables = variablesOf(path["id"]);
        const made = changed(
          { id: newId("var"), key: "", value: "", description: "", category: "env", hcl: false, sensitive: false },
          Given.from(body),
        );
        if ([...variables.values()].some(({ key, category }) => key === made.key && category === made.category)) {
          throw new ApiError(422, "invalid attribute", "Key has already been taken");
        }
        variables.set(made.id, made);
        return one(variableView(made, owner(path["id"])), [], 201);
      },
      [`GET ${prefix}/:variable`]: ({ path }) =>
        one(variableView(found(variablesOf(path["id"]).get(path["variable"] ?? "")), owner(path["id"]))),
      [`PATCH ${prefix}/:variable`]: ({ caller, path, body }) => {
        organization.checkOwner(caller);
        const variable = found(variablesOf(path["id"]).get(path["variable"] ?? ""));
        return one(variableView(changed(variable, Given.from(body)), owner(path["id"])));
      },
      [`DELETE ${prefix}/:variable`]: ({ caller, path }) => {
        organization.checkOwner(caller);
        variablesOf(path["id"]).delete(found(variablesOf(path["id"]).get(path["variable"] ?? "")).id);
        return nothing();
      },
    };
  };
  return {
    ...of("workspaces/:id/vars", "workspaces", (id) => workspace(id).variables),
    ...of("varsets/:id/relationships/vars", "varsets", (id) => set(id).variables),
    "GET organizations/:organization/varsets": () =>
      several([...organization.variableSets.values()].map((each) => variableSetView(each, organization))),
    "POST organizations/:organization/varsets": ({ caller, body }) => {
      organization.checkOwner(caller);
      const given = Given.from(body);
      const made: VariableSet = {
        id: newId("varset"),
        name: given.text("name") ?? "",
        description: given.text("description") ?? "",
        global: given.flag("global"),
        priority: given.flag("priority"),
        variables: new Map(),
        workspaces: new Set(),
      };
      if ([...organization.variableSets.values()].some(({ name }) => name === made.name)) {
        throw new ApiError(422, "invalid attribute", "Name has already been taken");
      }
      organization.variableSets.set(made.id, made);
      return answer(made, 201);
    },
    "GET varsets/:id": ({ path }) => answer(set(path["id"])),
    "PATCH varsets/:id": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      const changedSet = set(path["id"]);
      const given = Given.from(body);
      changedSet.name = given.text("name") ?? changedSet.name;
      changedSet.description = given.text("description") ?? changedSet.description;
      if ("global" in given.attributes) changedSet.global = given.flag("global");
      if ("priority" in given.attributes) changedSet.priority = given.flag("priority");
      return answer(changedSet);
    },
    "DELETE varsets/:id": ({ caller, path }) => {
      organization.checkOwner(caller);
      organization.variableSets.delete(set(path["id"]).id);
      return nothing();
    },
    "POST varsets/:id/relationships/workspaces": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      for (const id of idsOf(body)) set(path["id"]).workspaces.add(organization.workspace(id).id);
      return nothing();
    },
    "DELETE varsets/:id/relationships/workspaces": ({ caller, path, body }) => {
      organization.checkOwner(caller);
      for (const id of idsOf(body)) set(path["id"]).workspaces.delete(id);
      return nothing();
    },
  };
}

/** A variable with what is given of it. A sensitive one stays so, as there. */
function changed(variable: Variable, given: Given): Variable {
  variable.key = given.text("key") ?? variable.key;
  variable.value = given.text("value") ?? variable.value;
  variable.description = given.text("description") ?? variable.description;
  variable.category = given.text("category") ?? variable.category;
  if ("hcl" in given.attributes) variable.hcl = given.flag("hcl");
  variable.sensitive ||= given.flag("sensitive");
  return variable;
}
