import { NotificationConfiguration } from "@cdktf/provider-tfe/lib/notification-configuration";
import { RunTrigger } from "@cdktf/provider-tfe/lib/run-trigger";
import { Variable } from "@cdktf/provider-tfe/lib/variable";
import { VariableSet } from "@cdktf/provider-tfe/lib/variable-set";
import { Workspace, type WorkspaceConfig } from "@cdktf/provider-tfe/lib/workspace";
import { WorkspaceSettings } from "@cdktf/provider-tfe/lib/workspace-settings";
import { WorkspaceVariableSet } from "@cdktf/provider-tfe/lib/workspace-variable-set";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { CloudState } from "../state/cloud-schema";
import { type RunPhase, runPhases } from "../state/run-roles";
import { runAudience } from "./run-role";

/** A stack that has a workspace. */
export interface WorkspaceStack {
  /** `cluster`, `identity`, … */
  readonly kind: string;
  /** Its id, which is the workspace's name too. */
  readonly id: string;
  /** Kinds of the stacks whose contract it reads. */
  readonly reads: readonly string[];
}

export interface EnvironmentWorkspacesProps {
  readonly environment: string;
  readonly state: CloudState;
  /** In the order they are applied. */
  readonly stacks: readonly WorkspaceStack[];
  /** Id of the project; undefined leaves them in the organization's default project. */
  readonly projectId: string | undefined;
  /** Region that the AWS provider of a run looks in where a stack names none. */
  readonly region: string;
  /** Role that a stack's runs take in a phase; undefined where runs bring credentials of their own. */
  readonly roleArn: ((stack: WorkspaceStack, phase: RunPhase) => string) | undefined;
  /** Reference to the address of a notification. */
  readonly notificationUrl: (name: string) => string;
}

/** The workspaces of one environment: who runs them, who may read whose state, and how they sign in to AWS. */
export class EnvironmentWorkspaces extends Construct {
  private readonly workspaces = new Map<string, Workspace>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EnvironmentWorkspacesProps,
  ) {
    super(scope, id);
    const { stacks } = props;
    for (const stack of stacks) this.workspaces.set(stack.kind, this.workspace(stack));
    for (const stack of stacks) this.settings(stack);
    if (props.state.trigger.kind === "vcs") for (const stack of stacks) this.runTriggers(stack);
    if (props.roleArn !== undefined) this.signIn(props.roleArn);
    for (const stack of stacks) this.notifications(stack);
  }

  private of(kind: string): Workspace {
    const workspace = this.workspaces.get(kind);
    if (workspace === undefined) throw new Error(`no workspace of the stack ${kind}`);
    return workspace;
  }

  private workspace(stack: WorkspaceStack): Workspace {
    const { environment, state, projectId } = this.props;
    return new Workspace(this, stack.kind, {
      name: stack.id,
      projectId,
      description: `Stack ${stack.kind} of the environment ${environment}.`,
      terraformVersion: state.terraformVersion,
      tags: { ...state.tags, environment, stack: stack.kind },
      // A workspace that holds a state is not to be deleted with it.
      forceDelete: false,
      allowDestroyPlan: true,
      queueAllRuns: false,
      ...this.startedBy(stack),
    });
  }

  private startedBy({ id }: WorkspaceStack): Partial<WorkspaceConfig> {
    const { trigger, autoApply } = this.props.state;
    switch (trigger.kind) {
      case "cli":
        // The folder that is uploaded is the root module itself.
        return { workingDirectory: "", fileTriggersEnabled: false };
      case "vcs": {
        const { repository, branch, folder, connection } = trigger;
        return {
          workingDirectory: `${folder}/${id}`,
          fileTriggersEnabled: true,
          triggerPatterns: [`${folder}/${id}/**/*`],
          autoApplyRunTrigger: autoApply,
          vcsRepo: {
            identifier: repository,
            branch,
            ...(connection.kind === "oauth-token"
              ? { oauthTokenId: connection.id }
              : { githubAppInstallationId: connection.installationId }),
          },
        };
      }
      default:
        return assertNever("trigger of runs", trigger);
    }
  }

  private settings(stack: WorkspaceStack): void {
    const { state, stacks } = this.props;
    new WorkspaceSettings(this, `${stack.kind}-settings`, {
      workspaceId: this.of(stack.kind).id,
      executionMode: state.runs.kind,
      agentPoolId: state.runs.kind === "agent" ? state.runs.pool : undefined,
      autoApply: state.autoApply,
      globalRemoteState: false,
      remoteStateConsumerIds: stacks
        .filter(({ reads }) => reads.includes(stack.kind))
        .map((consumer) => this.of(consumer.kind).id),
    });
  }

  /** Not where a command starts runs: it goes along the contract itself, and a trigger would run a consumer twice. */
  private runTriggers(stack: WorkspaceStack): void {
    for (const producer of stack.reads) {
      new RunTrigger(this, `${stack.kind}-after-${producer}`, {
        workspaceId: this.of(stack.kind).id,
        sourceableId: this.of(producer).id,
      });
    }
  }

  private signIn(roleArn: NonNullable<EnvironmentWorkspacesProps["roleArn"]>): void {
    const { environment, region, stacks } = this.props;
    const set = new VariableSet(this, "aws", {
      name: `${environment}-aws`,
      description: `How runs of ${environment} sign in to AWS.`,
      // None of a workspace may put other credentials in their place.
      priority: true,
    });
    const shared = {
      TFC_AWS_PROVIDER_AUTH: "true",
      TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE: runAudience,
      AWS_REGION: region,
    };
    for (const [key, value] of Object.entries(shared)) {
      new Variable(this, `aws_${key}`, { variableSetId: set.id, category: "env", key, value });
    }
    for (const stack of stacks) {
      const workspaceId = this.of(stack.kind).id;
      new WorkspaceVariableSet(this, `${stack.kind}-aws`, { workspaceId, variableSetId: set.id });
      for (const phase of runPhases) {
        const key = `TFC_AWS_${phase.toUpperCase()}_ROLE_ARN`;
        const value = roleArn(stack, phase);
        new Variable(this, `${stack.kind}_${key}`, { workspaceId, category: "env", key, value });
      }
    }
  }

  private notifications(stack: WorkspaceStack): void {
    for (const [name, { kind, triggers }] of Object.entries(this.props.state.notifications)) {
      new NotificationConfiguration(this, `${stack.kind}-notification-${name}`, {
        workspaceId: this.of(stack.kind).id,
        name,
        destinationType: kind,
        enabled: true,
        triggers: [...triggers],
        url: this.props.notificationUrl(name),
      });
    }
  }
}
