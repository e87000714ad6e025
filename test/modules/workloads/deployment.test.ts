import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { describe, expect, test } from "vitest";
import { WorkloadResources } from "../../../modules/workloads/workload";
import { resource, synthModule } from "../../support/synth";
import { containerOf, deploymentOf, podsOf, synthWorkload, workload } from "./synth-workload";

describe("Deployment", () => {
  test("names, labels and selector come from the workload's name unless the environment says otherwise", () => {
    const plain = deploymentOf(synthWorkload());
    expect(plain.metadata).toMatchObject({ name: "shop", namespace: "default", labels: { app: "shop" } });
    expect(plain.spec.selector.match_labels).toEqual({ app: "shop" });
    expect(plain.spec.template.spec.container[0]?.name).toBe("shop");

    const named = deploymentOf(
      synthWorkload({
        namespace: "web",
        names: { deployment: "predict-pod", container: "predict-container" },
        labels: { app: "predict-pod", server: "one" },
      }),
    );
    expect(named.metadata).toMatchObject({ name: "predict-pod", namespace: "web" });
    expect(named.spec.template.spec.container[0]?.name).toBe("predict-container");
    expect(named.spec.selector.match_labels).toEqual({ app: "predict-pod", server: "one" });
  });

  test("the pod template carries every label of the selector", () => {
    const { spec } = deploymentOf(synthWorkload({ labels: { app: "a", tier: "b" } }));
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.match_labels);
  });

  test("without an autoscaler it has the number of pods asked for, two by default", () => {
    expect(deploymentOf(synthWorkload()).spec["replicas"]).toBe("2");
    expect(deploymentOf(synthWorkload({ replicas: 0 })).spec["replicas"]).toBe("0");
  });

  test("with an autoscaler it says nothing of the number of pods", () => {
    expect(deploymentOf(synthWorkload({ replicas: 5, autoscaler: { min: 2, max: 4 } })).spec).not.toHaveProperty(
      "replicas",
    );
  });

  test("a rollout never has fewer pods than asked for", () => {
    expect(deploymentOf(synthWorkload()).spec["strategy"]).toEqual({
      type: "RollingUpdate",
      rolling_update: { max_surge: "25%", max_unavailable: "0" },
    });
  });

  test("Terraform waits for the rollout, and longer than the Deployment's progress deadline of ten minutes", () => {
    expect(deploymentOf(synthWorkload())).toMatchObject({
      wait_for_rollout: true,
      timeouts: { create: "15m", update: "15m" },
    });
  });

  test("every object waits for what must be there first", () => {
    const json = synthModule((stack) => {
      const first = new ConfigMapV1(stack, "first", { metadata: { name: "first" } });
      new WorkloadResources(stack, "shop", {
        name: "shop",
        workload: workload({
          aws: { kind: "role" },
          configMaps: { content: { data: {} } },
          autoscaler: { min: 2, max: 3 },
        }),
        repositoryUrl: (repository) => repository,
        region: "us-west-2",
        dependsOn: [first],
      });
    });
    const waits = (type: string, part: string) => resource(json, type, `shop_${part}`)["depends_on"];
    const first = "kubernetes_config_map_v1.first";
    expect(waits("kubernetes_config_map_v1", "config-map_content")).toEqual([first]);
    expect(waits("kubernetes_service_account_v1", "service-account")).toEqual([first]);
    expect(waits("kubernetes_service_v1", "service")).toEqual([first]);
    expect(waits("kubernetes_pod_disruption_budget_v1", "disruption-budget")).toEqual([first]);
    expect(waits("kubernetes_deployment_v1", "deployment")).toEqual([
      first,
      "kubernetes_service_account_v1.shop_service-account",
      "kubernetes_config_map_v1.shop_config-map_content",
    ]);
    expect(waits("kubernetes_horizontal_pod_autoscaler_v2", "autoscaler")).toEqual([
      "kubernetes_deployment_v1.shop_deployment",
    ]);
  });
});

describe("container", () => {
  test("entry point and arguments are the image's unless written down", () => {
    const plain = containerOf(synthWorkload());
    expect(plain).not.toHaveProperty("command");
    expect(plain).not.toHaveProperty("args");
    const written = containerOf(synthWorkload({ command: ["/bin/sh", "-c"], args: ["exec serve"] }));
    expect(written).toMatchObject({ command: ["/bin/sh", "-c"], args: ["exec serve"] });
  });

  test("it opens the workload's port and no port of the node", () => {
    expect(containerOf(synthWorkload({ port: 5001 })).port).toEqual([{ container_port: 5001, protocol: "TCP" }]);
  });

  test("variables are text or a key of a Secret or ConfigMap, in the order of the file", () => {
    const { env } = containerOf(
      synthWorkload({
        environment: {
          ZONE: "a",
          PASSWORD: { secret: "database", key: "password" },
          ADDRESS: { configMap: "settings", key: "address" },
        },
      }),
    );
    expect(env).toEqual([
      { name: "ZONE", value: "a" },
      { name: "PASSWORD", value_from: { secret_key_ref: { name: "database", key: "password" } } },
      { name: "ADDRESS", value_from: { config_map_key_ref: { name: "settings", key: "address" } } },
    ]);
  });

  test("text that is escaped for Terraform already is not escaped again", () => {
    const text = "$${HOME} %%{ if true }";
    const container = containerOf(synthWorkload({ args: [text], environment: { TEXT: text } }));
    expect(container["args"]).toEqual([text]);
    expect(container.env).toEqual([{ name: "TEXT", value: text }]);
  });

  test.each([
    [{ kind: "role" as const }, true],
    [{ kind: "kube2iam" as const, role: "reader" }, true],
    [{ kind: "none" as const }, false],
  ])("AWS access %o gives the process its region: %s", (aws, given) => {
    const { env } = containerOf(synthWorkload({ aws }));
    expect(env).toEqual(given ? [{ name: "AWS_REGION", value: "us-west-2" }] : []);
  });

  test("a region that the environment file sets stays", () => {
    const { env } = containerOf(synthWorkload({ aws: { kind: "role" }, environment: { AWS_REGION: "eu-west-1" } }));
    expect(env).toEqual([{ name: "AWS_REGION", value: "eu-west-1" }]);
  });

  test("it has requests and a memory limit, and a CPU limit only where one is asked for", () => {
    expect(containerOf(synthWorkload())["resources"]).toEqual({
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { memory: "256Mi" },
    });
    const limited = containerOf(synthWorkload({ resources: { limits: { cpu: "1", memory: "512Mi" } } }));
    expect(limited["resources"]).toMatchObject({ limits: { cpu: "1", memory: "512Mi" } });
  });
});

describe("pods", () => {
  test("no token of the Kubernetes API and no variables of other Services reach them, with AWS access neither", () => {
    for (const aws of [{ kind: "none" as const }, { kind: "role" as const }]) {
      const pods = podsOf(synthWorkload({ aws }));
      expect(pods.automount_service_account_token).toBe(false);
      expect(pods.enable_service_links).toBe(false);
    }
  });

  test("they get 30 seconds to end, or what the environment says", () => {
    expect(podsOf(synthWorkload()).termination_grace_period_seconds).toBe(30);
    expect(podsOf(synthWorkload({ terminationGracePeriodSeconds: 90 })).termination_grace_period_seconds).toBe(90);
  });

  test("behind a load balancer they go on serving until it has let go of them, and then get their time to end", () => {
    const behind = (input: Parameters<typeof synthWorkload>[0] = {}) => synthWorkload(input, { podsAreTargets: true });
    expect(containerOf(behind())["lifecycle"]).toEqual({ pre_stop: [{ exec: { command: ["sleep", "30"] } }] });
    expect(podsOf(behind()).termination_grace_period_seconds).toBe(60);
    const longer = behind({ drain: { kind: "sleep", seconds: 45 }, terminationGracePeriodSeconds: 90 });
    expect(containerOf(longer)["lifecycle"]).toEqual({ pre_stop: [{ exec: { command: ["sleep", "45"] } }] });
    expect(podsOf(longer).termination_grace_period_seconds).toBe(135);
  });

  test("a process that drains by itself gets the time and no sleep before it", () => {
    const pods = synthWorkload({ drain: { kind: "process", seconds: 20 } }, { podsAreTargets: true });
    expect(containerOf(pods)).not.toHaveProperty("lifecycle");
    expect(podsOf(pods).termination_grace_period_seconds).toBe(50);
  });

  test("without a load balancer nothing delays their end", () => {
    expect(containerOf(synthWorkload({ drain: { kind: "sleep", seconds: 45 } }))).not.toHaveProperty("lifecycle");
  });

  test("they are made again when the way to their AWS credentials changes, and say nothing of it without any", () => {
    const annotations = (input: Parameters<typeof synthWorkload>[0], roleArn?: string) =>
      deploymentOf(synthWorkload(input, { roleArn })).spec.template.metadata.annotations;
    const role = "arn:aws:iam::123456789012:role/shop";
    expect(annotations({ aws: { kind: "role" } }, role)).toEqual({ "aws-credentials": role });
    expect(annotations({ aws: { kind: "role" } })).toEqual({ "aws-credentials": "pod-identity" });
    expect(annotations({})).toEqual({});
  });

  test.each([
    ["preferred", "ScheduleAnyway"],
    ["required", "DoNotSchedule"],
  ] as const)("spread %s over zones is %s, and over nodes always a wish", (spread, whenUnsatisfiable) => {
    const { topology_spread_constraint: constraints } = podsOf(synthWorkload({ spread, labels: { app: "x" } }));
    expect(constraints).toEqual([
      {
        topology_key: "topology.kubernetes.io/zone",
        when_unsatisfiable: whenUnsatisfiable,
        max_skew: 1,
        label_selector: [{ match_labels: { app: "x" } }],
        match_label_keys: ["pod-template-hash"],
      },
      expect.objectContaining({ topology_key: "kubernetes.io/hostname", when_unsatisfiable: "ScheduleAnyway" }),
    ]);
  });

  test("spread none leaves placement to the scheduler", () => {
    expect(podsOf(synthWorkload({ spread: "none" })).topology_spread_constraint).toEqual([]);
  });

  test("annotations of the environment reach them", () => {
    const { metadata } = deploymentOf(synthWorkload({ podAnnotations: { "example.com/team": "shop" } })).spec.template;
    expect(metadata.annotations).toEqual({ "example.com/team": "shop" });
  });

  test("a kube2iam role is an annotation of theirs and no service account", () => {
    const synthesized = synthWorkload({ aws: { kind: "kube2iam", role: "ingress-role" } });
    expect(deploymentOf(synthesized).spec.template.metadata.annotations).toEqual({
      "iam.amazonaws.com/role": "ingress-role",
    });
    expect(synthesized.json.resource).not.toHaveProperty("kubernetes_service_account_v1");
  });
});
