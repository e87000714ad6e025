import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Project } from "@cdktf/provider-tfe/lib/project";
import { TfeProvider } from "@cdktf/provider-tfe/lib/provider";
import { Workspace } from "@cdktf/provider-tfe/lib/workspace";
import { WorkspaceSettings } from "@cdktf/provider-tfe/lib/workspace-settings";
import { TerraformResource, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { PolicyDocument } from "../modules/identity/policy";
import type { CloudState } from "../modules/state/cloud-schema";
import { declareBackend } from "../modules/state/remote-state";
import { hasRunRoles } from "../modules/state/run-roles";
import { AddressedStack } from "../modules/terraform/addressed-stack";
import { EnvironmentWorkspaces, type EnvironmentWorkspacesProps } from "../modules/workspaces/environment-workspaces";
import { readingPart } from "../modules/workspaces/run-policies";
import { RunRole, runAudience } from "../modules/workspaces/run-role";
import type { Environment } from "../platform/environment";
import { stackId, stackOrder } from "./order";
import { contractsRead } from "./reads";

/** An environment whose runs are in Terraform Cloud. */
export interface CloudEnvironment extends Environment {
  readonly state: CloudState;
}

export interface WorkspacesProps {
  readonly organization: string;
  /** Its environments, which agree on the host. */
  readonly environments: readonly [CloudEnvironment, ...CloudEnvironment[]];
  /** What who applies a stack must be allowed, where somebody recorded it. */
  readonly policyOf: (stack: string) => PolicyDocument | undefined;
}

/** Name of the project that every organization has. */
const defaultProject = "Default Project";

/** The stack that makes an organization's workspaces; its id is also the name of its own workspace. */
export function workspacesStackId(organization: string): string {
  return `${organization}-workspaces`;
}

/** Projects, workspaces, and the roles that their runs take in AWS, for all environments of an organization. */
export class WorkspacesStack extends AddressedStack {
  private readonly projects = new Map<string, Project>();
  private readonly accounts = new Map<string, { readonly provider: AwsProvider; readonly oidcProviderArn: string }>();
  private readonly urls = new Map<string, TerraformVariable>();
  private readonly projectScope: Construct;
  private readonly accountScope: Construct;

  constructor(
    scope: Construct,
    private readonly props: WorkspacesProps,
  ) {
    super(scope, workspacesStackId(props.organization));
    const { organization, environments } = props;
    const [{ state, aws }] = environments;
    const { hostname } = state;
    declareBackend(
      this,
      { ...state, project: undefined },
      { environment: organization, stack: "workspaces", region: aws.region },
    );
    this.addOverride("terraform.required_version", ">= 1.10.0");
    this.addOverride("terraform.required_providers.tfe", { source: "hashicorp/tfe", version: ">= 0.71.0, < 1.0.0" });
    new TfeProvider(this, "tfe", { hostname, organization });
    this.ownWorkspace(state);
    this.projectScope = new Construct(this, "project");
    this.accountScope = new Construct(this, "account");
    for (const environment of environments) this.environment(environment);
  }

  /** One line on what it holds. */
  summary(): string {
    const resources = this.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    const count = resources.filter((resource) => resource instanceof Workspace).length;
    return `${this.node.id}: ${resources.length} resources, ${count} workspaces`;
  }

  /** Runs of this stack would need a token of an owner, so there are none: it is applied from where the owner is. */
  private ownWorkspace({ terraformVersion }: CloudState): void {
    const own = new Workspace(this, "workspaces", {
      name: workspacesStackId(this.props.organization),
      description: "The workspaces of every environment, this one too. Applied by an owner, never by a run.",
      terraformVersion,
      forceDelete: false,
      queueAllRuns: false,
      fileTriggersEnabled: false,
      tags: { stack: "workspaces" },
    });
    new WorkspaceSettings(this, "workspaces-settings", {
      workspaceId: own.id,
      executionMode: "local",
      autoApply: false,
      globalRemoteState: false,
      remoteStateConsumerIds: [],
    });
  }

  private environment(environment: CloudEnvironment): void {
    const { name, state, aws } = environment;
    new EnvironmentWorkspaces(this, name, {
      environment: name,
      state,
      stacks: stackOrder.map((kind) => ({ kind, id: stackId(name, kind), reads: contractsRead[kind] })),
      projectId: state.project === undefined ? undefined : this.project(state.project).id,
      region: aws.region,
      roleArn: this.roles(environment),
      notificationUrl: (notification) => this.notificationUrl(notification),
    });
  }

  private project(name: string): Project {
    const project = this.projects.get(name) ?? new Project(this.projectScope, name, { name });
    this.projects.set(name, project);
    return project;
  }

  private notificationUrl(name: string): string {
    const id = `notification_${name}_url`;
    const variable =
      this.urls.get(id) ??
      new TerraformVariable(this, id, {
        type: "string",
        sensitive: true,
        description: `Address that notifications called ${name} go to.`,
      });
    this.urls.set(id, variable);
    return variable.stringValue;
  }

  private roles(environment: CloudEnvironment): EnvironmentWorkspacesProps["roleArn"] {
    const { name, state } = environment;
    if (!hasRunRoles(state)) return undefined;
    const { organization, policyOf } = this.props;
    const { provider, oidcProviderArn } = this.account(environment);
    const scope = new Construct(this, `${name}_run`);
    const { planPolicyArns, applyPolicyArns } = state.credentials;
    return ({ kind, id }, phase) => {
      const policy = policyOf(id);
      return new RunRole(scope, `${kind}_${phase}`, {
        provider,
        stackId: id,
        phase,
        hostname: state.hostname,
        oidcProviderArn,
        organization,
        project: state.project ?? defaultProject,
        policy: policy === undefined || phase === "apply" ? policy : readingPart(policy),
        policyArns: phase === "plan" ? planPolicyArns : applyPolicyArns,
      }).arn;
    };
  }

  /** What an account has once for all its environments. */
  private account({ aws, state }: CloudEnvironment) {
    const { accountId, partition, region } = aws;
    const known = this.accounts.get(accountId);
    if (known !== undefined) return known;
    if (this.accounts.size === 0) {
      this.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
    }
    const { credentials, hostname } = state;
    const dynamic = credentials.kind === "dynamic" ? credentials : undefined;
    const scope = new Construct(this.accountScope, accountId);
    const provider = new AwsProvider(this, `aws-${accountId}`, {
      alias: `account-${accountId}`,
      region,
      allowedAccountIds: [accountId],
      defaultTags: [{ tags: { ManagedBy: "terraform" } }],
      assumeRole: dynamic?.madeBy === undefined ? undefined : [{ roleArn: dynamic.madeBy }],
    });
    const oidcProviderArn =
      dynamic?.oidcProvider === "existing"
        ? `arn:${partition}:iam::${accountId}:oidc-provider/${hostname}`
        : new IamOpenidConnectProvider(scope, "terraform-cloud", {
            provider,
            url: `https://${hostname}`,
            clientIdList: [runAudience],
          }).arn;
    const account = { provider, oidcProviderArn };
    this.accounts.set(accountId, account);
    return account;
  }
}
