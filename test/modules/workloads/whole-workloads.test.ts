import { describe, expect, it } from "vitest";
import { stacksOf } from "../../support/environments";
import { at } from "../../support/json";
import { resource } from "../../support/synth";

const { apps } = stacksOf("whole-cluster");
const podsOf = (type: string, name: string) => at(resource(apps, type, name), "spec", "template", "spec");
const front = podsOf("kubernetes_deployment_v1", "workload_front_deployment");
const plain = podsOf("kubernetes_deployment_v1", "workload_shop_deployment");

describe("pods of a workload", () => {
  it("run where it says, and say nothing of it otherwise", () => {
    expect(front).toMatchObject({
      node_selector: { "kubernetes.io/arch": "amd64" },
      priority_class_name: "urgent",
      toleration: [
        { key: "dedicated", operator: "Equal", value: "front", effect: "NoSchedule" },
        { operator: "Exists", effect: "NoExecute", toleration_seconds: "30" },
      ],
    });
    expect(JSON.stringify(at(front, "affinity"))).toContain("node.kubernetes.io/instance-type");
    for (const field of ["node_selector", "toleration", "affinity", "priority_class_name", "init_container"]) {
      expect(plain).not.toHaveProperty(field);
    }
  });

  it("have sidecars beside the workload's own container, with its security, after what runs once", () => {
    expect(at(front, "init_container")).toMatchObject([{ name: "migrate", args: ["migrate"] }]);
    expect(at(front, "container")).toMatchObject([
      { name: "front" },
      { name: "proxy", port: [{ container_port: 5432 }], env: [{ name: "MODE", value: "ro" }] },
    ]);
    for (const container of ["init_container", "container"]) {
      expect(at(front, container, 0, "security_context")).toMatchObject({ allow_privilege_escalation: false });
    }
  });

  it("have a token of Kubernetes only where the workload asks for rights", () => {
    expect(at(front, "automount_service_account_token")).toBe(true);
    expect(at(plain, "automount_service_account_token")).toBe(false);
    expect(resource(apps, "kubernetes_role_v1", "workload_front_role")["rule"]).toEqual([
      { api_groups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
    ]);
    expect(resource(apps, "kubernetes_cluster_role_v1", "workload_report_cluster-role")["metadata"]).toEqual({
      name: "data-report",
    });
  });
});

describe("a Service", () => {
  it("names its ports where it has several, and the one it has stays without", () => {
    const ports = (name: string) =>
      at(resource(apps, "kubernetes_service_v1", `workload_${name}_service`), "spec", "port");
    expect(ports("front")).toMatchObject([
      { name: "own", port: 8080 },
      { name: "metrics", port: 9090 },
    ]);
    expect(at(ports("shop"), 0)).not.toHaveProperty("name");
  });
});

describe("an autoscaler", () => {
  it("goes by memory and other metrics too, and takes pods as slowly as it is told", () => {
    const { spec } = resource(apps, "kubernetes_horizontal_pod_autoscaler_v2", "workload_front_autoscaler");
    expect(JSON.stringify(at(spec, "metric"))).toMatch(/"cpu".*"memory".*requests_per_second.*queue_depth/);
    expect(at(spec, "behavior")).toMatchObject({ scale_down: [{ stabilization_window_seconds: 600 }] });
    expect(at(spec, "behavior")).not.toHaveProperty("scale_up");
  });
});

describe("a StatefulSet", () => {
  const db = resource(apps, "kubernetes_stateful_set_v1", "workload_db_stateful-set");

  it("claims volumes for each pod, which its user may write, and keeps them unless it says otherwise", () => {
    expect(at(db, "spec", "volume_claim_template")).toMatchObject([
      { metadata: { name: "data" }, spec: { resources: { requests: { storage: "50Gi" } } } },
      { metadata: { name: "wal" }, spec: { storage_class_name: "kept" } },
    ]);
    expect(at(db, "spec", "persistent_volume_claim_retention_policy")).toEqual([
      { when_deleted: "Retain", when_scaled: "Delete" },
    ]);
    expect(at(db, "spec", "template", "spec", "security_context")).toMatchObject({ fs_group: "10001" });
  });

  it("has a Service that names its pods before they are ready, beside that which spreads calls", () => {
    expect(at(db, "spec", "service_name")).toBe("db-pods");
    expect(resource(apps, "kubernetes_service_v1", "workload_db_stateful-set-pods")["spec"]).toMatchObject({
      cluster_ip: "None",
      publish_not_ready_addresses: true,
    });
  });
});

describe("a Job", () => {
  it("has neither Service nor probes nor ports, and starts again as it says", () => {
    expect(apps.resource["kubernetes_service_v1"]).not.toHaveProperty("workload_seed_service");
    const pods = podsOf("kubernetes_job_v1", "workload_seed_job");
    expect(at(pods, "restart_policy")).toBe("Never");
    for (const field of ["port", "readiness_probe"]) expect(at(pods, "container", 0)).not.toHaveProperty(field);
  });

  it("by the clock does not run beside itself", () => {
    expect(resource(apps, "kubernetes_cron_job_v1", "workload_report_cron-job")["spec"]).toMatchObject({
      schedule: "0 3 * * 1",
      timezone: "Europe/Berlin",
      concurrency_policy: "Forbid",
    });
  });
});

describe("a storage class", () => {
  it("encrypts volumes of EBS, and is the default only where it says so", () => {
    const all = Object.entries(apps.resource["kubernetes_storage_class_v1"] ?? {});
    for (const [, options] of all.filter(([, one]) => one["storage_provisioner"] === "ebs.csi.aws.com")) {
      expect(options["parameters"]).toMatchObject({ encrypted: "true" });
    }
    const byDefault = all.filter(([, one]) => JSON.stringify(one["metadata"]).includes("is-default-class"));
    expect(byDefault.map(([name]) => name)).toEqual(["storage-class_gp3"]);
  });
});

describe("a namespace", () => {
  it("has an end to what its pods use together and each, before any pod is there", () => {
    expect(resource(apps, "kubernetes_resource_quota_v1", "namespaces_data_quota")["spec"]).toEqual({
      hard: { pods: "20", "requests.memory": "32Gi" },
    });
    expect(resource(apps, "kubernetes_limit_range_v1", "namespaces_data_limits")["spec"]).toEqual({
      limit: [{ type: "Container", default: { memory: "256Mi" }, max: { cpu: "4" } }],
    });
    const { depends_on: after } = resource(apps, "kubernetes_stateful_set_v1", "workload_db_stateful-set");
    expect(after).toEqual(expect.arrayContaining(["kubernetes_resource_quota_v1.namespaces_data_quota"]));
  });
});

describe("network policies", () => {
  const policy = (name: string) =>
    JSON.stringify(
      Object.values(apps.resource["kubernetes_network_policy_v1"] ?? {}).find(
        (one) => at(one, "metadata", "name") === name,
      ),
    );

  it("let pods of a StatefulSet talk to each other, and pods with rights in Kubernetes to its API", () => {
    expect(policy("db")).toMatch(/"ingress":\[.*"app":"db"/);
    expect(policy("db")).toMatch(/"egress":\[.*"app":"db"/);
    expect(policy("front")).toMatch(/"egress":\[.*"port":"443"/);
    expect(policy("shop")).not.toMatch(/"egress":\[.*"port":"443"/);
  });
});
