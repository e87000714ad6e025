import { describe, expect, test } from "vitest";
import { declared, workloadProblems } from "./declared";

describe("names of objects", () => {
  test.each([
    [
      "Deployment",
      { names: { deployment: "one" }, labels: { app: "b" } },
      "workloads.b.names.deployment",
      "workloads.one.names.deployment",
    ],
    [
      "Service",
      { names: { service: "one" }, labels: { app: "b" } },
      "workloads.b.names.service",
      "workloads.one.names.service",
    ],
    ["ConfigMap", { configMaps: { one: { data: {} } } }, "workloads.b.configMaps.one", "workloads.one.configMaps.one"],
    ["ServiceAccount", { serviceAccount: "one" }, "workloads.b.serviceAccount", "workloads.one.serviceAccount"],
    [
      "Ingress",
      { routes: [{ kind: "alb" as const, name: "one" }] },
      "workloads.b.routes[0].name",
      "workloads.one.routes[0].name",
    ],
    [
      "Mapping",
      { routes: [{ kind: "ambassador" as const, name: "one" }] },
      "workloads.b.routes[0].name",
      "workloads.one.routes[1].name",
    ],
  ])("a namespace has one %s of a name", (kind, second, path, firstPath) => {
    const first = {
      configMaps: { one: { data: {} } },
      serviceAccount: "one",
      routes: [{ kind: "alb" as const }, { kind: "ambassador" as const }],
    };
    expect(workloadProblems(declared({ one: first, b: second }))).toEqual([
      {
        path,
        value: "one",
        rule: `the namespace default would have two objects of kind ${kind} with this name; ${firstPath} makes the other`,
        remedy: "give one of them another name",
      },
    ]);
    expect(workloadProblems(declared({ one: first, b: { ...second, namespace: "other" } }))).toEqual([]);
  });

  test("an NLB's Service is a Service like any other", () => {
    const both = { a: { routes: [{ kind: "nlb" as const }] }, "a-nlb": {} };
    expect(workloadProblems(declared(both))).toMatchObject([
      { path: 'workloads["a-nlb"].names.service', value: "a-nlb" },
    ]);
  });

  test("two routes of one workload through one door need names of their own", () => {
    const routes = [
      { kind: "ambassador" as const, prefix: "/a" },
      { kind: "ambassador" as const, prefix: "/b" },
    ];
    expect(workloadProblems(declared({ shop: { routes } }))).toMatchObject([{ path: "workloads.shop.routes[1].name" }]);
    const named = routes.map((one, index) => ({ ...one, name: `shop-${index}` }));
    expect(workloadProblems(declared({ shop: { routes: named } }))).toEqual([]);
  });
});

describe("selectors", () => {
  test("the labels of one workload are not all found on the pods of another", () => {
    expect(
      workloadProblems(declared({ one: { labels: { app: "x" } }, two: { labels: { app: "x", tier: "y" } } })),
    ).toEqual([
      {
        path: "workloads.one.labels",
        value: { app: "x" },
        rule: "the pods of two carry all of these labels too: Service and disruption budget of one would count them as its own",
        remedy: "add a label whose value the two do not share",
      },
    ]);
  });

  test("of two with the same labels the later is reported, once", () => {
    const same = { labels: { app: "x" } };
    expect(workloadProblems(declared({ one: same, two: same })).map(({ path }) => path)).toEqual([
      "workloads.two.labels",
    ]);
  });

  test("a label that tells them apart is enough, and so is a namespace", () => {
    const apart = { one: { labels: { app: "x", server: "1" } }, two: { labels: { app: "x", server: "2" } } };
    expect(workloadProblems(declared(apart))).toEqual([]);
    const away = { one: { labels: { app: "x" } }, two: { labels: { app: "x" }, namespace: "other" } };
    expect(workloadProblems(declared(away))).toEqual([]);
  });
});

describe("namespaces", () => {
  const controllers = { emissary: {}, awsLoadBalancerController: {} };

  test("a controller's namespace is made by its release and by nothing else", () => {
    const rule = "the release of controllers.emissary makes this namespace, and a namespace is made once";
    const remedy = "use a namespace that nothing of the controllers stack has";
    const all = declared({ shop: { namespace: "emissary" } }, { controllers, namespaces: { emissary: {} } });
    expect(workloadProblems(all)).toEqual([
      { path: "namespaces.emissary", value: "emissary", rule, remedy },
      { path: "workloads.shop.namespace", value: "emissary", rule, remedy },
    ]);
    expect(workloadProblems(declared({ shop: { namespace: "emissary" } }))).toEqual([]);
  });

  test("kube-system is nobody's, though a controller runs there", () => {
    expect(workloadProblems(declared({ shop: { namespace: "kube-system" } }, { controllers }))).toEqual([]);
  });
});

describe("routes", () => {
  test("what a door finds wrong is reported with the place of the route", () => {
    const tls = { secretName: "shop" };
    const routes = [{ kind: "ambassador" as const }, { kind: "nginx" as const, tls }];
    expect(workloadProblems(declared({ shop: { routes } }))).toMatchObject([
      { path: "workloads.shop.routes[1].tls", value: tls },
    ]);
  });

  test("routes of one ALB group agree across workloads", () => {
    const open = { kind: "alb" as const, group: "edge", exposure: "internet-facing" as const };
    const problems = workloadProblems(
      declared({ one: { routes: [open] }, two: { routes: [{ kind: "nlb" }, { ...open, exposure: "internal" }] } }),
    );
    expect(problems).toMatchObject([{ path: "workloads.two.routes[1].exposure", value: "internal" }]);
  });
});
