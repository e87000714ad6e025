import { describe, expect, it } from "vitest";
import { yamlObjects } from "../../../modules/manifests/objects";
import { circleThrough, inOrder } from "../../../modules/releases/order";
import { lifecycleRows } from "../../../platform/lifecycle-report";
import { releasesEndSoon } from "../../../platform/rules/lifecycle";
import { checked, goldenEnvironments, stacksOf } from "../../support/environments";
import { resource } from "../../support/synth";

const name = "anything-else";
const { cluster, identity, controllers, apps } = stacksOf(name);
const input = goldenEnvironments[name];
if (input === undefined) throw new Error(`no environment ${name}`);
const environment = checked(input);

describe("any add-on of EKS", () => {
  it("has the role that it asks for, by Pod Identity, also where workloads have IRSA", () => {
    expect(resource(cluster, "aws_eks_addon", "cluster_addon_queue-agent")).toMatchObject({
      pod_identity_association: [
        { role_arn: "${aws_iam_role.cluster_addon_queue-agent_role_agent.arn}", service_account: "agent" },
      ],
    });
    const { policy } = resource(cluster, "aws_iam_role_policy", "cluster_addon_queue-agent_role_agent_policy");
    expect(JSON.parse(String(policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["sqs:ReceiveMessage"], Resource: ["arn:aws:sqs:us-west-2:123456789012:jobs"] },
    ]);
  });

  it("takes a role made elsewhere as it is, and can leave its objects behind", () => {
    expect(resource(cluster, "aws_eks_addon", "cluster_addon_amazon-cloudwatch-observability")).toMatchObject({
      preserve: true,
      pod_identity_association: [{ role_arn: "arn:aws:iam::123456789012:role/observer" }],
    });
    expect(resource(cluster, "aws_eks_addon", "cluster_addon_aws-efs-csi-driver")).not.toHaveProperty("preserve");
  });

  it("comes before the nodes where they need it, and otherwise after them", () => {
    const group = resource(cluster, "aws_eks_node_group", "cluster_nodes_general");
    expect(group["depends_on"]).toContain("aws_eks_addon.cluster_addon_node-agent");
    const efs = resource(cluster, "aws_eks_addon", "cluster_addon_aws-efs-csi-driver");
    expect(efs["depends_on"]).toContain("aws_eks_node_group.cluster_nodes_general");
  });
});

describe("any chart", () => {
  it("waits for its namespace and for what it names", () => {
    expect(resource(controllers, "helm_release", "release_keda")["depends_on"]).toEqual([
      "kubernetes_namespace_v1.namespace_keda",
      "helm_release.cert-manager",
    ]);
    expect(resource(controllers, "helm_release", "release_grafana")["depends_on"]).toContain(
      "helm_release.release_keda",
    );
  });

  it("is told what only Terraform knows, and its service account which role it has", () => {
    const arn = "data.terraform_remote_state.identity.outputs.release_role_arns.keda";
    expect(resource(controllers, "helm_release", "release_keda")["set"]).toEqual([
      { name: "clusterName", value: "${data.terraform_remote_state.cluster.outputs.cluster_name}" },
      { name: "podIdentity.aws.irsa.roleArn", value: `\${${arn}}` },
      { name: "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn", value: `\${${arn}}` },
    ]);
  });

  it("has a role that its own service account alone takes on", () => {
    const trust = JSON.parse(String(resource(identity, "aws_iam_role", "release_keda_role")["assume_role_policy"]));
    expect(JSON.stringify(trust)).toContain("system:serviceaccount:keda:keda-operator");
  });

  it("gets secrets by write-only arguments of ephemeral resources, which no plan and no state holds", () => {
    const release = resource(controllers, "helm_release", "release_grafana");
    const secret = "ephemeral.aws_secretsmanager_secret_version.grafana_secret";
    expect(release["set_wo"]).toEqual([
      { name: "adminPassword", value: `\${jsondecode(${secret}-0.secret_string).password}` },
      { name: "license", value: `\${${secret}-1.secret_string}` },
    ]);
    expect(release["set_wo_revision"]).toBe(2);
    expect(controllers.terraform["required_version"]).toBe(">= 1.11.0");
  });

  it("has a row in the report of support dates, and a warning 90 days before its end", () => {
    const row = (today: string) =>
      lifecycleRows(environment, today).find(({ component }) => component.includes("keda"));
    expect(row("2026-11-21")).toMatchObject({ version: "2.18.1", state: "current", end: "2027-11-30" });
    expect(row("2027-12-01")).toMatchObject({ state: "ended" });
    expect(releasesEndSoon(environment, "2026-11-21")).toEqual([]);
    expect(releasesEndSoon(environment, "2027-11-01")).toEqual([
      "releases.keda: keda 2.18.1 is supported until 2027-11-30",
    ]);
    expect(releasesEndSoon(environment, "2027-12-01")).toEqual([
      "releases.keda: keda 2.18.1 reached its end on 2027-11-30; take a newer version, or what follows it",
    ]);
  });
});

describe("objects of an environment's own", () => {
  it("of the apps stack come after their namespaces and before workloads", () => {
    const quotas = resource(apps, "helm_release", "manifest_quotas");
    expect(quotas["depends_on"]).toEqual(["kubernetes_namespace_v1.namespaces_shop"]);
    expect(resource(apps, "kubernetes_deployment_v1", "workload_shop_deployment")["depends_on"]).toContain(
      "helm_release.manifest_quotas",
    );
  });

  it("of YAML are those of its documents, lists opened", () => {
    const list = "kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n";
    const read = yamlObjects(`${list}---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n`);
    expect(read.kind === "objects" && read.objects.map(({ metadata }) => metadata)).toEqual([
      { name: "a" },
      { name: "b" },
    ]);
    expect(yamlObjects("a: [").kind).toBe("no objects");
    expect(yamlObjects("").kind).toBe("no objects");
  });
});

describe("the order of installations", () => {
  const table = { c: { after: ["b", "elsewhere"] }, b: { after: ["a"] }, a: { after: [] } };

  it("has each after what it waits for", () => {
    expect(inOrder(table)).toEqual(["a", "b", "c"]);
  });

  it("names a circle from one back to itself", () => {
    expect(circleThrough(table, "c")).toBeUndefined();
    expect(circleThrough({ ...table, a: { after: ["c"] } }, "b")).toEqual(["b", "a", "c", "b"]);
  });
});
