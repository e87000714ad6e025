import { describe, expect, test } from "vitest";
import { declared, type WorkloadInput, workloadProblems } from "./declared";

interface Case {
  readonly rule: string;
  readonly workload: Partial<WorkloadInput>;
  readonly name?: string;
  readonly problem: { readonly path: string; readonly value: unknown; readonly rule: string; readonly remedy: string };
}

const wrong: readonly Case[] = [
  {
    rule: "a workload's name begins with a letter",
    name: "2048",
    workload: {},
    problem: {
      path: 'workloads["2048"]',
      value: "2048",
      rule: "the name becomes a Service and a resource address in Terraform, and both begin with a letter",
      remedy: "write a letter in front, such as app-2048",
    },
  },
  {
    rule: "an autoscaler's range does not end before it begins",
    workload: { autoscaler: { min: 5, max: 2 } },
    problem: {
      path: "workloads.shop.autoscaler",
      value: { min: 5, max: 2, cpuPercent: 70, metrics: [] },
      rule: "it would keep at least 5 pods and at most 2; Kubernetes refuses a range that ends before it begins",
      remedy: "write a `max` that is not below `min`",
    },
  },
  {
    rule: "a disruption budget leaves a drain one pod to take",
    workload: { replicas: 3, disruptionBudget: { kind: "min-available", count: 3 } },
    problem: {
      path: "workloads.shop.disruptionBudget.count",
      value: 3,
      rule: "the workload may have no more than 3 pods; a budget that wants 3 of them lets no node be drained, and so no node group be upgraded",
      remedy: 'write 2 or less, or use kind "max-unavailable"',
    },
  },
  {
    rule: "a CPU request is not above its limit",
    workload: { resources: { requests: { cpu: "1.5" }, limits: { cpu: "1000m" } } },
    problem: {
      path: "workloads.shop.resources.requests.cpu",
      value: "1.5",
      rule: "the container may use 1000m and asks to be promised 1.5; Kubernetes refuses a request above its limit",
      remedy: "lower the request, or raise `resources.limits.cpu`",
    },
  },
  {
    rule: "a memory request is not above its limit, the default limit either",
    workload: { resources: { requests: { memory: "1G" } } },
    problem: {
      path: "workloads.shop.resources.requests.memory",
      value: "1G",
      rule: "the container may use 256Mi and asks to be promised 1G; Kubernetes refuses a request above its limit",
      remedy: "lower the request, or raise `resources.limits.memory`",
    },
  },
  {
    rule: "a ConfigMap holds at most 1 MiB",
    workload: { configMaps: { content: { data: { page: "é".repeat(2 ** 19), end: "x" } } } },
    problem: {
      path: "workloads.shop.configMaps.content",
      value: "1048577 bytes",
      rule: "a ConfigMap holds at most 1 MiB",
      remedy: "split it, or put the files into the image",
    },
  },
  {
    rule: "a path is for a key that is there",
    workload: { configMaps: { content: { data: { list: "", index: "" }, mountPath: "/srv", paths: { lists: "a" } } } },
    problem: {
      path: "workloads.shop.configMaps.content.paths.lists",
      value: "a",
      rule: "the ConfigMap has no key lists, so the pods would not start",
      remedy: "write one of its keys: list, index",
    },
  },
  {
    rule: "one place takes one mount",
    workload: { configMaps: { content: { data: {}, mountPath: "/srv/" } }, temporaryDirectories: ["/tmp", "/srv"] },
    problem: {
      path: "workloads.shop.temporaryDirectories[1]",
      value: "/srv",
      rule: "workloads.shop.configMaps.content.mountPath is mounted there already, and one place takes one mount",
      remedy: "mount it elsewhere, or put all files into one ConfigMap",
    },
  },
  {
    rule: "a role goes with a service account of the workload's own",
    workload: { aws: { kind: "role" }, serviceAccount: { existing: "shared" } },
    problem: {
      path: "workloads.shop.serviceAccount",
      value: { existing: "shared" },
      rule: "the workload asks for a role of its own, and shared is made elsewhere: every pod under that name would take the role, or none would",
      remedy: "leave `serviceAccount` out for one of the workload's own, or ask for the role where shared is made",
    },
  },
];

const right: readonly Pick<Case, "rule" | "workload">[] = [
  { rule: "every default", workload: {} },
  { rule: "an autoscaler of one size", workload: { autoscaler: { min: 2, max: 2 } } },
  {
    rule: "a budget that keeps all pods but one",
    workload: { replicas: 3, disruptionBudget: { kind: "min-available", count: 2 } },
  },
  {
    rule: "a budget for one pod, which is not made",
    workload: { replicas: 1, disruptionBudget: { kind: "min-available", count: 1 } },
  },
  {
    rule: "requests equal to limits in other units",
    workload: { resources: { requests: { cpu: "1", memory: "1024Mi" }, limits: { cpu: "1000m", memory: "1Gi" } } },
  },
  {
    rule: "files and directories in different places",
    workload: {
      configMaps: { a: { data: { x: "" }, mountPath: "/a", paths: { x: "y/z" } }, b: { data: {} } },
      temporaryDirectories: ["/tmp", "/a/cache"],
    },
  },
  { rule: "a ConfigMap of 1 MiB", workload: { configMaps: { content: { data: { page: "x".repeat(2 ** 20) } } } } },
  { rule: "a role on a named service account", workload: { aws: { kind: "role" }, serviceAccount: "own" } },
  { rule: "a shared service account without a role", workload: { serviceAccount: { existing: "shared" } } },
];

describe("a workload alone", () => {
  test.each(wrong)("$rule", ({ name = "shop", workload, problem }) => {
    expect(workloadProblems(declared({ [name]: workload }))).toEqual([problem]);
  });

  test.each(right)("$rule: no problem", ({ workload }) => {
    expect(workloadProblems(declared({ shop: workload }))).toEqual([]);
  });

  test("all problems are reported at once", () => {
    const all = declared({ "2048": { autoscaler: { min: 2, max: 1 }, resources: { requests: { memory: "1Gi" } } } });
    expect(workloadProblems(all)).toHaveLength(3);
  });
});
