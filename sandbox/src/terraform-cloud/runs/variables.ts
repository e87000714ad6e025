import type { Organization } from "../organization";
import type { Variable, Workspace } from "../records";

/** What a run finds in its environment: of sets, of its workspace, and of sets that count before it. */
export function runVariables(organization: Organization, workspace: Workspace): Readonly<Record<string, string>> {
  const sets = [...organization.variableSets.values()].filter(
    ({ global, workspaces }) => global || workspaces.has(workspace.id),
  );
  const [first, last] = [sets.filter(({ priority }) => !priority), sets.filter(({ priority }) => priority)];
  const all = [
    ...first.flatMap(({ variables }) => [...variables.values()]),
    ...workspace.variables.values(),
    ...last.flatMap(({ variables }) => [...variables.values()]),
  ];
  return Object.fromEntries(all.map((variable) => [nameOf(variable), variable.value]));
}

function nameOf({ key, category }: Variable): string {
  return category === "terraform" ? `TF_VAR_${key}` : key;
}
