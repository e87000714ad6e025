import { describe, expect, it } from "vitest";
import { allow, policyDocument } from "../../modules/identity/policy";
import { cloudEnvironment, synthWorkspaces, workspacesText } from "../support/cloud";
import { checked, stackNames, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";
import { resource } from "../support/synth";

const json = synthWorkspaces([cloudEnvironment("shop", { project: "platform" })]);
const idOf = (stack: string) => `\${tfe_workspace.shop_${stack}.id}`;

describe("the workspaces of an environment", () => {
  it("are one a stack, named like it, in the project, with the Terraform that runs use", () => {
    for (const stack of stackNames) {
      expect(resource(json, "tfe_workspace", `shop_${stack}`)).toMatchObject({
        name: `shop-${stack}`,
        project_id: "${tfe_project.project_platform.id}",
        terraform_version: "1.11.4",
        working_directory: "",
        tags: { environment: "shop", stack },
        force_delete: false,
      });
    }
    expect(resource(json, "tfe_project", "project_platform")).toEqual({ name: "platform" });
  });

  it("share their state with the stacks that read it, and with no other", () => {
    const reads = synthStacks(cloudEnvironment("shop"));
    for (const producer of stackNames) {
      const readers = stackNames.filter((stack) => producer in (reads[stack].data["terraform_remote_state"] ?? {}));
      expect(resource(json, "tfe_workspace_settings", `shop_${producer}-settings`)).toMatchObject({
        workspace_id: idOf(producer),
        global_remote_state: false,
        remote_state_consumer_ids: readers.map(idOf),
      });
    }
  });

  it("run where the environment says", () => {
    expect(resource(json, "tfe_workspace_settings", "shop_cluster-settings")).toMatchObject({
      execution_mode: "agent",
      agent_pool_id: "apool-0123456789abcdef",
      auto_apply: false,
    });
    const local = synthWorkspaces([cloudEnvironment("shop", { runs: { kind: "local" } })]);
    const settings = resource(local, "tfe_workspace_settings", "shop_cluster-settings");
    expect(settings["execution_mode"]).toBe("local");
    expect(settings["agent_pool_id"]).toBeUndefined();
    expect(local.resource["aws_iam_role"]).toBeUndefined();
  });

  it("have no run triggers where a command starts runs, for a consumer would run twice", () => {
    expect(json.resource["tfe_run_trigger"]).toBeUndefined();
  });

  it("of committed stacks have a trigger a contract that is read, and each its own folder", () => {
    const vcs = synthWorkspaces([
      cloudEnvironment("shop", {
        trigger: {
          kind: "vcs",
          repository: "example/stacks",
          connection: { kind: "oauth-token", id: "ot-0123456789abcdef" },
        },
      }),
    ]);
    expect(Object.keys(vcs.resource["tfe_run_trigger"] ?? {}).sort()).toEqual([
      "shop_apps-after-cluster",
      "shop_apps-after-controllers",
      "shop_apps-after-identity",
      "shop_controllers-after-cluster",
      "shop_controllers-after-identity",
      "shop_identity-after-cluster",
    ]);
    expect(resource(vcs, "tfe_workspace", "shop_apps")).toMatchObject({
      working_directory: "stacks/shop-apps",
      trigger_patterns: ["stacks/shop-apps/**/*"],
      vcs_repo: { identifier: "example/stacks", oauth_token_id: "ot-0123456789abcdef" },
      auto_apply_run_trigger: false,
    });
  });

  it("tell whom the environment names, by an address that stands in no file", () => {
    const told = synthWorkspaces([cloudEnvironment("shop", { notifications: { platform: { kind: "slack" } } })]);
    expect(resource(told, "tfe_notification_configuration", "shop_apps-notification-platform")).toMatchObject({
      destination_type: "slack",
      triggers: ["run:needs_attention", "run:errored"],
      url: "${var.notification_platform_url}",
    });
    expect(JSON.stringify(told)).toContain('"notification_platform_url":{"description"');
    expect(JSON.parse(JSON.stringify(told))["variable"]["notification_platform_url"].sensitive).toBe(true);
  });
});

describe("the roles of runs", () => {
  const policy = policyDocument(allow(["iam:GetRole", "iam:CreateRole"], "*"));
  const roles = synthWorkspaces([cloudEnvironment("shop")], (stack) =>
    stack === "shop-identity" ? policy : undefined,
  );
  const trustOf = (name: string) => JSON.parse(String(resource(roles, "aws_iam_role", name)["assume_role_policy"]));

  it.each(["plan", "apply"])("are taken by runs of one workspace in one phase alone: %s", (phase) => {
    expect(trustOf(`shop_run_identity_${phase}`).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.account_123456789012_terraform-cloud.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "app.terraform.io:aud": "aws.workload.identity",
            "app.terraform.io:sub": `organization:example:project:Default Project:workspace:shop-identity:run_phase:${phase}`,
          },
        },
      },
    ]);
  });

  it("apply with what was recorded, and plan with its reading calls", () => {
    const actions = (name: string) =>
      JSON.parse(String(resource(roles, "aws_iam_policy", name)["policy"])).Statement[0].Action;
    expect(actions("shop_run_identity_apply_policy-1")).toEqual(["iam:GetRole", "iam:CreateRole"]);
    expect(actions("shop_run_identity_plan_policy-1")).toEqual(["iam:GetRole"]);
    expect(Object.keys(roles.resource["aws_iam_policy"] ?? {})).toHaveLength(2);
  });

  it("reach a run as variables of its environment, and nothing secret with them", () => {
    expect(resource(roles, "tfe_variable", "shop_identity_TFC_AWS_APPLY_ROLE_ARN")).toMatchObject({
      workspace_id: idOf("identity"),
      category: "env",
      key: "TFC_AWS_APPLY_ROLE_ARN",
      value: "${aws_iam_role.shop_run_identity_apply.arn}",
    });
    expect(resource(roles, "tfe_variable", "shop_aws_TFC_AWS_PROVIDER_AUTH")["value"]).toBe("true");
    expect(Object.keys(roles.resource["tfe_workspace_variable_set"] ?? {})).toHaveLength(4);
  });

  it("are let into the cluster, the plan to read and the apply to write", () => {
    const { access } = checked(cloudEnvironment("shop")).cluster;
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    expect(access).toMatchObject({
      "terraform-apps-plan": {
        principalArn: role("shop-apps-terraform-plan"),
        policies: [{ policy: "admin-view", scope: { kind: "cluster" } }],
      },
      "terraform-controllers-apply": {
        principalArn: role("shop-controllers-terraform-apply"),
        policies: [{ policy: "cluster-admin" }],
      },
    });
    expect(Object.keys(checked(minimal("shop")).cluster.access)).toEqual(["operators"]);
  });

  it("share the identity provider of their account, which is made once", () => {
    const two = synthWorkspaces([cloudEnvironment("shop"), cloudEnvironment("books")]);
    expect(Object.keys(two.resource["aws_iam_openid_connect_provider"] ?? {})).toEqual([
      "account_123456789012_terraform-cloud",
    ]);
    const existing = synthWorkspaces([
      cloudEnvironment("shop", { credentials: { kind: "dynamic", oidcProvider: "existing" } }),
    ]);
    expect(existing.resource["aws_iam_openid_connect_provider"]).toBeUndefined();
  });

  it("are not made where credentials are kept elsewhere", () => {
    const kept = synthWorkspaces([
      cloudEnvironment("shop", { credentials: { kind: "variables", reason: "Keys come from our own vault." } }),
    ]);
    expect(kept.resource["aws_iam_role"]).toBeUndefined();
    expect(kept.resource["tfe_variable"]).toBeUndefined();
    expect(kept.provider["aws"]).toBeUndefined();
  });
});

describe("the stack of workspaces", () => {
  it("is one an organization, and none where no state is in Terraform Cloud", () => {
    const texts = workspacesText([
      cloudEnvironment("shop"),
      cloudEnvironment("books", { organization: "other" }),
      minimal(),
    ]);
    expect(Object.keys(texts)).toEqual(["example-workspaces", "other-workspaces"]);
    expect(workspacesText([minimal()])).toEqual({});
  });

  it("has a workspace of its own, which no run applies", () => {
    expect(json.terraform["cloud"]).toMatchObject({
      organization: "example",
      workspaces: { name: "example-workspaces" },
    });
    expect(resource(json, "tfe_workspace", "workspaces")).toMatchObject({ name: "example-workspaces" });
    expect(resource(json, "tfe_workspace_settings", "workspaces-settings")["execution_mode"]).toBe("local");
  });

  it("knows no token, and takes plugins from the registry of who reads it", () => {
    expect(json.provider["tfe"]).toEqual([{ hostname: "app.terraform.io", organization: "example" }]);
    expect(json.terraform["required_providers"]).toMatchObject({ tfe: { source: "hashicorp/tfe" } });
  });
});
