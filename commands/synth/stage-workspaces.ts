import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { hasRunRoles } from "../../modules/state/run-roles";
import type { Environment } from "../../platform/environment";
import type { Warning } from "../../platform/rules/rule";
import { stackId, stackOrder } from "../../stacks/order";
import { workspacesStackId } from "../../stacks/workspaces";
import { workspacesStacks } from "../../stacks/workspaces-of";
import { readPolicy } from "../permissions/policy-files";
import { type Folders, keepChanged, type Staged } from "./stage";

/** Of no environment: none has such a name. */
const stagingName = ".workspaces";

/** The stacks that make the workspaces of all environments together; undefined where no state is in Terraform Cloud. */
export function stageWorkspaces(
  environments: readonly Environment[],
  folders: Folders,
  root: string,
): Staged | undefined {
  const staging = join(folders.staging, stagingName);
  mkdirSync(staging, { recursive: true });
  const app = new App({ stackTraces: false, outdir: staging });
  const stacks = workspacesStacks(app, environments, (stack) => readPolicy(root, stack));
  if (stacks.length === 0) return undefined;
  app.synth();
  return {
    name: stagingName,
    manifest: app.manifest.buildManifest(),
    summaries: stacks.map((stack) => stack.summary()),
    holes: [],
    violations: [],
    ...keepChanged(staging, folders.outdir),
  };
}

/** What to say where the roles of an environment's runs may do nothing yet. */
export function rolesWithoutPolicy({ name, state }: Environment, root: string): readonly Warning[] {
  if (!hasRunRoles(state) || state.credentials.applyPolicyArns.length > 0) return [];
  const without = stackOrder.map((kind) => stackId(name, kind)).filter((id) => readPolicy(root, id) === undefined);
  if (without.length === 0) return [];
  return [
    {
      file: `environments/${name}.ts`,
      message:
        `docs/permissions has no policy of ${without.join(", ")}, so the roles of their runs may do nothing in AWS; ` +
        "record what they call with foundry permissions, or name policies in state.credentials",
    },
  ];
}

/** What to say where the workspaces are not written, for not all environments were read. */
export function workspacesLeft(environments: readonly Environment[]): readonly Warning[] {
  return environments.flatMap(({ name, state }) =>
    state.kind === "cloud"
      ? [
          {
            file: `environments/${name}.ts`,
            message: `${workspacesStackId(state.organization)} is made of all environments together and stays as it is; foundry synth without names writes it`,
          },
        ]
      : [],
  );
}
