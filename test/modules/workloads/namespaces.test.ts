import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { describe, expect, test } from "vitest";
import { Namespaces } from "../../../modules/workloads/namespaces";
import { namespacesSchema, type Workload } from "../../../modules/workloads/schema";
import { resource, synthModule } from "../../support/synth";
import { workload } from "./synth-workload";

const reason = "The vendor's image starts as root.";

function synthNamespaces(
  workloads: Readonly<Record<string, Workload>>,
  namespaces: Parameters<typeof namespacesSchema.parse>[0] = {},
) {
  return synthModule((stack) => {
    new Namespaces(stack, "namespaces", { workloads, namespaces: namespacesSchema.parse(namespaces) });
  });
}

function metadata(json: ReturnType<typeof synthNamespaces>, name: string) {
  return resource(json, "kubernetes_namespace_v1", `namespaces_${name}`)["metadata"];
}

function podSecurity(standard: string) {
  return {
    "pod-security.kubernetes.io/enforce": standard,
    "pod-security.kubernetes.io/audit": standard,
    "pod-security.kubernetes.io/warn": standard,
  };
}

describe("Namespaces", () => {
  test("each namespace of a workload is made once, those that every cluster has are not", () => {
    const json = synthNamespaces({
      a: workload({ namespace: "web" }),
      b: workload({ namespace: "web" }),
      c: workload(),
      d: workload({ namespace: "kube-system" }),
      e: workload({ namespace: "kube-public" }),
      f: workload({ namespace: "kube-node-lease" }),
    });
    expect(Object.keys(json.resource["kubernetes_labels"] ?? {})).toEqual(["namespaces_default_labels"]);
    expect(Object.keys(json.resource["kubernetes_namespace_v1"] ?? {})).toEqual(["namespaces_web"]);
  });

  test("those with pods that load balancers send straight to ask for readiness gates, made or there anyway", () => {
    const gate = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
    const json = synthModule((stack) => {
      new Namespaces(stack, "namespaces", {
        workloads: { a: workload({ namespace: "web" }), b: workload({ namespace: "jobs" }), c: workload() },
        namespaces: {},
        balanced: new Set(["web", "default"]),
      });
    });
    expect(metadata(json, "web")).toMatchObject({ labels: gate });
    expect(metadata(json, "jobs")).toEqual({ name: "jobs", labels: podSecurity("restricted") });
    expect(resource(json, "kubernetes_labels", "namespaces_default_labels")).toMatchObject({ labels: gate });
  });

  test("default carries a standard too as soon as there are workloads, in it or not", () => {
    expect(synthNamespaces({}).resource).toEqual({});
    const labels = (...args: Parameters<typeof synthNamespaces>) =>
      resource(synthNamespaces(...args), "kubernetes_labels", "namespaces_default_labels")["labels"];
    expect(labels({ a: workload({ namespace: "web" }) })).toEqual(podSecurity("restricted"));
    expect(labels({ a: workload({ security: { kind: "baseline", reason } }) })).toEqual(podSecurity("baseline"));
    expect(labels({}, { default: { podSecurity: "privileged" } })).toEqual(podSecurity("privileged"));
  });

  test("it enforces the strictest standard that all of its workloads pass", () => {
    const json = synthNamespaces({
      a: workload({ namespace: "strict" }),
      b: workload({ namespace: "mixed" }),
      c: workload({ namespace: "mixed", security: { kind: "baseline", reason } }),
      d: workload({ namespace: "open", security: { kind: "privileged", reason } }),
      e: workload({ namespace: "open", security: { kind: "baseline", reason } }),
    });
    expect(metadata(json, "strict")).toEqual({ name: "strict", labels: podSecurity("restricted") });
    expect(metadata(json, "mixed")).toEqual({ name: "mixed", labels: podSecurity("baseline") });
    expect(metadata(json, "open")).toEqual({ name: "open", labels: podSecurity("privileged") });
  });

  test("the environment's own standard, labels and annotations win", () => {
    const json = synthNamespaces(
      { a: workload({ namespace: "mesh-test" }) },
      {
        "mesh-test": {
          podSecurity: "privileged",
          labels: { mesh: "mesh-1", "pod-security.kubernetes.io/warn": "restricted" },
          annotations: { "example.com/team": "shop" },
        },
      },
    );
    expect(metadata(json, "mesh-test")).toEqual({
      name: "mesh-test",
      labels: { ...podSecurity("privileged"), mesh: "mesh-1", "pod-security.kubernetes.io/warn": "restricted" },
      annotations: { "example.com/team": "shop" },
    });
  });

  test("a namespace that only the environment names is made too", () => {
    expect(metadata(synthNamespaces({}, { team: {} }), "team")).toEqual({
      name: "team",
      labels: podSecurity("restricted"),
    });
  });

  test("one that every cluster has is amended, with Pod Security only where it is written down, but for default", () => {
    const json = synthNamespaces(
      { a: workload() },
      { default: { labels: { a: "b" }, annotations: { c: "d" } }, "kube-public": { podSecurity: "baseline" } },
    );
    const amended = { api_version: "v1", kind: "Namespace", force: true };
    expect(resource(json, "kubernetes_labels", "namespaces_default_labels")).toEqual({
      ...amended,
      metadata: { name: "default" },
      labels: { ...podSecurity("restricted"), a: "b" },
      field_manager: "terraform-labels",
    });
    expect(resource(json, "kubernetes_annotations", "namespaces_default_annotations")).toEqual({
      ...amended,
      metadata: { name: "default" },
      annotations: { c: "d" },
      field_manager: "terraform-annotations",
    });
    expect(resource(json, "kubernetes_labels", "namespaces_kube-public_labels")).toMatchObject({
      labels: podSecurity("baseline"),
    });
    expect(json.resource).not.toHaveProperty("kubernetes_namespace_v1");
  });

  test("a namespace whose pods use kube2iam roles names exactly these", () => {
    const json = synthNamespaces({
      a: workload({ namespace: "web", aws: { kind: "kube2iam", role: "writer" } }),
      b: workload({ namespace: "web", aws: { kind: "kube2iam", role: "reader" } }),
      c: workload({ namespace: "web", aws: { kind: "kube2iam", role: "reader" } }),
      d: workload({ aws: { kind: "kube2iam", role: "ingress" } }),
      e: workload({ namespace: "other" }),
    });
    expect(metadata(json, "web")).toMatchObject({
      annotations: { "iam.amazonaws.com/allowed-roles": '["reader","writer"]' },
    });
    expect(resource(json, "kubernetes_annotations", "namespaces_default_annotations")).toMatchObject({
      annotations: { "iam.amazonaws.com/allowed-roles": '["ingress"]' },
    });
    expect(metadata(json, "other")).not.toHaveProperty("annotations");
  });

  test("objects wait for the namespaces that are made or amended, and for no others", () => {
    const json = synthModule((stack) => {
      const namespaces = new Namespaces(stack, "namespaces", {
        workloads: { a: workload({ namespace: "web" }), b: workload() },
        namespaces: namespacesSchema.parse({ "kube-public": { labels: { a: "b" }, annotations: { c: "d" } } }),
      });
      for (const namespace of ["web", "default", "kube-public"]) {
        new ConfigMapV1(stack, namespace, { metadata: { namespace }, dependsOn: [...namespaces.of(namespace)] });
      }
    });
    const waits = (name: string) => resource(json, "kubernetes_config_map_v1", name)["depends_on"];
    expect(waits("web")).toEqual(["kubernetes_namespace_v1.namespaces_web"]);
    expect(waits("default")).toEqual(["kubernetes_labels.namespaces_default_labels"]);
    expect(waits("kube-public")).toEqual([
      "kubernetes_labels.namespaces_kube-public_labels",
      "kubernetes_annotations.namespaces_kube-public_annotations",
    ]);
  });
});
