import { describe, expect, it } from "vitest";
import { stacksOf } from "../../support/environments";
import { resource } from "../../support/synth";

const { cluster } = stacksOf("anything-else");
const group = (name: string) => resource(cluster, "aws_eks_node_group", `cluster_nodes_${name}`);
const template = (name: string) => resource(cluster, "aws_launch_template", `cluster_nodes_${name}_launch_template`);

describe("a node group", () => {
  it("stands in the zones that it names, and otherwise in all", () => {
    expect(group("search")["subnet_ids"]).toEqual(["${aws_subnet.network_private_a.id}"]);
    expect(group("general")["subnet_ids"]).toHaveLength(3);
  });

  it("is repaired by EKS, and updated against budgets, only where it says so", () => {
    expect(group("search")).toMatchObject({ node_repair_config: { enabled: true }, force_update_version: true });
    expect(group("general")).not.toHaveProperty("node_repair_config");
    expect(group("general")).not.toHaveProperty("force_update_version");
  });

  it("has volumes as fast as it says, and otherwise as gp3 has them", () => {
    const volumes = (name: string) => JSON.stringify(template(name)["block_device_mappings"]);
    expect(volumes("search")).toContain('"iops":6000');
    expect(volumes("search")).toContain('"throughput":500');
    expect(volumes("general")).not.toContain("iops");
  });

  it("has tags of its own beside the environment's, and its name among them", () => {
    expect(JSON.stringify(template("search")["tag_specifications"])).toContain("Team");
    expect(JSON.stringify(template("general")["tag_specifications"])).not.toContain("Team");
  });

  it("tells nodeadm its settings of the kubelet in MIME, which alone EKS merges with its own", () => {
    const text = String(template("search")["user_data"]);
    expect(text).toContain("base64encode(");
    expect(text).toContain("application/node.eks.aws");
    expect(text).toContain('{\\"maxPods\\":110}');
    expect(template("general")).not.toHaveProperty("user_data");
  });

  it("of a variant of Bottlerocket asks for that variant's newest release", () => {
    expect(cluster.data["aws_ssm_parameter"]?.["cluster_nodes_secret_release"]?.["name"]).toMatch(
      /^\/aws\/service\/bottlerocket\/aws-k8s-\$\{aws_eks_cluster\.cluster\.version\}-fips\/arm64\/latest\/image_version$/,
    );
  });
});
