import type { App } from "cdktf";
import type { PolicyDocument } from "../modules/identity/policy";
import type { Environment } from "../platform/environment";
import { type CloudEnvironment, WorkspacesStack } from "./workspaces";

const isCloud = (environment: Environment): environment is CloudEnvironment => environment.state.kind === "cloud";

/** One stack for each organization of Terraform Cloud that environments keep their state in. */
export function workspacesStacks(
  app: App,
  environments: readonly Environment[],
  policyOf: (stack: string) => PolicyDocument | undefined,
): readonly WorkspacesStack[] {
  const organizations = new Map<string, [CloudEnvironment, ...CloudEnvironment[]]>();
  for (const environment of environments) {
    if (!isCloud(environment)) continue;
    const others = organizations.get(environment.state.organization);
    if (others === undefined) organizations.set(environment.state.organization, [environment]);
    else others.push(environment);
  }
  return [...organizations].map(
    ([organization, members]) => new WorkspacesStack(app, { organization, environments: members, policyOf }),
  );
}
