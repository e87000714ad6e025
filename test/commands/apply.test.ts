import { EventEmitter } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { startsPrograms } from "../support/programs";
import { four, SmallEnvironment } from "./terraform/small-environment";
import { TestProject } from "./test-project";

const did = (calls: readonly string[]) => calls.filter((call) => / (create|update|delete) /.test(call));

/** The same stacks without some addresses. */
const without = (...addresses: readonly string[]) =>
  Object.fromEntries(
    Object.entries(four).map(([kind, stack]) => [
      kind,
      {
        ...stack,
        resources: Object.fromEntries(
          Object.entries(stack.resources ?? {}).filter(([address]) => !addresses.includes(address)),
        ),
      },
    ]),
  );

describe("foundry apply", startsPrograms, () => {
  it("applies each stack after those it reads, whatever their order elsewhere", async () => {
    const environment = new SmallEnvironment();
    const { code, printed } = await environment.apply();
    expect(did(environment.takeCalls())).toEqual([
      "dev-cluster create aws_eks_cluster.main",
      "dev-identity create aws_iam_role.lbc",
      "dev-controllers create helm_release.lbc",
      "dev-apps create kubernetes_ingress_v1.shop",
    ]);
    expect(code).toBe(0);
    expect(printed).toContain("dev-identity     planned once dev-cluster is there\n");
    expect(printed).toMatch(/^dev-apps {9}1 made, \d+ s$/m);
  });

  it("applies stacks that do not read each other side by side", async () => {
    const environment = new SmallEnvironment({ ...four, identity: { resources: { "aws_iam_role.lbc": {} } } });
    const [cluster, identity] = ["cluster", "identity"].map((name) => join(environment.folder, `${name}-may-end`));
    environment.hasFaults({
      "aws_eks_cluster.main": { waits: cluster ?? "" },
      "aws_iam_role.lbc": { waits: identity ?? "" },
    });
    const applied = environment.apply();
    await environment.untilCalled("aws_eks_cluster.main waits");
    await environment.untilCalled("aws_iam_role.lbc waits");
    for (const file of [cluster, identity]) writeFileSync(file ?? "", "");
    expect((await applied).code).toBe(0);
  });

  it("asks nothing and calls nothing but plans where every plan is empty, and says so", async () => {
    const environment = new SmallEnvironment();
    await environment.apply();
    environment.takeCalls();
    const { code, printed } = await environment.apply({ yes: false }, { terminal: true });
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringMatching(/\ndev: nothing to change\n$/) });
    expect([...environment.takeCalls()].sort()).toEqual([
      "dev-apps plan",
      "dev-cluster plan",
      "dev-controllers plan",
      "dev-identity plan",
    ]);
  });

  it("never goes past a failed producer, says why it failed and what was not begun, and goes on from there", async () => {
    const environment = new SmallEnvironment();
    environment.hasFaults({ "aws_iam_role.lbc": { fails: "AccessDenied: not allowed to create role" } });
    const failed = await environment.apply();
    expect(failed).toMatchObject({
      code: 1,
      refusal: expect.stringContaining("not applied: dev-identity, dev-controllers, dev-apps;"),
    });
    expect(failed.printed).toContain("  AccessDenied: not allowed to create role\n");
    expect(failed.printed).toContain("dev-controllers  not begun, needs dev-identity\n");
    expect(did(environment.takeCalls())).toEqual(["dev-cluster create aws_eks_cluster.main"]);
    environment.hasFaults({});
    const { code, printed } = await environment.apply();
    expect(code).toBe(0);
    expect(printed).toContain("dev-cluster      unchanged\n");
    expect(did(environment.takeCalls())).toEqual([
      "dev-identity create aws_iam_role.lbc",
      "dev-controllers create helm_release.lbc",
      "dev-apps create kubernetes_ingress_v1.shop",
    ]);
  });

  it("changes nothing where a stack cannot be planned and nothing that it reads is about to change", async () => {
    const environment = new SmallEnvironment();
    await environment.apply();
    environment.hasFaults({ "dev-apps plan": { fails: "Unsupported argument" } });
    const { code, refusal, printed } = await environment.apply();
    expect({ code, refusal }).toEqual({ code: 1, refusal: "not planned: dev-apps; nothing was changed" });
    expect(printed).toContain("  Unsupported argument\n");
  });

  it("says who holds the lock of a state", async () => {
    const environment = new SmallEnvironment();
    environment.hasFaults({ "dev-cluster plan": { locked: true } });
    expect((await environment.apply()).printed).toContain(
      "its state is locked by ada@desk since today, lock 7; wait for them",
    );
  });

  it("says of a stack that is interrupted how far it came", async () => {
    const environment = new SmallEnvironment({
      cluster: { resources: { "aws_vpc.network": {}, "aws_eks_cluster.main": {} } },
    });
    environment.hasFaults({ "aws_eks_cluster.main": { waits: join(environment.folder, "never") } });
    const signals = new EventEmitter();
    const applied = environment.apply({}, { signals });
    await environment.untilCalled("aws_eks_cluster.main waits");
    signals.emit("SIGINT");
    expect((await applied).printed).toMatch(/^dev-cluster {2}interrupted after 1 of 2, \d+ s$/m);
  });

  it("applies no further than it is asked to", async () => {
    const environment = new SmallEnvironment();
    expect((await environment.apply({ until: "identity" })).printed).toMatch(/\ndev: applied until identity\n$/);
    expect(environment.made("identity")).toEqual(["aws_iam_role.lbc"]);
    expect(environment.made("controllers")).toEqual([]);
  });
});

describe("foundry apply asks", startsPrograms, () => {
  it.each(["no\n", "y\n", ""])("and changes nothing when it is answered %j", async (typed) => {
    const environment = new SmallEnvironment();
    const { code, refusal, printed } = await environment.apply({ yes: false }, { typed, terminal: true });
    expect({ code, refusal }).toEqual({
      code: 1,
      refusal: "nothing was changed; answer yes, or add --yes, to apply what is listed above",
    });
    expect(printed).toContain("Apply this to dev? yes/no ");
    expect(did(environment.takeCalls())).toEqual([]);
  });

  it("and applies when it is answered yes", async () => {
    const environment = new SmallEnvironment();
    expect((await environment.apply({ yes: false }, { typed: "yes\n", terminal: true })).code).toBe(0);
    expect(environment.made("apps")).toEqual(["kubernetes_ingress_v1.shop"]);
  });

  it("again before it destroys what could not be shown", async () => {
    const environment = new SmallEnvironment();
    await environment.apply();
    environment.takeCalls();
    // What apps loses is known only once the cluster has changed.
    environment.becomes({
      ...without("kubernetes_ingress_v1.shop"),
      cluster: { resources: { "aws_eks_cluster.main": {} }, output: "new" },
    });
    environment.hasFaults({ "dev-apps plan": { fails: "Unsupported attribute" } });
    const signals = new EventEmitter();
    const applied = environment.apply({ yes: false }, { typed: "yes\n", terminal: true, signals });
    await environment.untilCalled("dev-cluster apply begins");
    environment.hasFaults({});
    const { code, printed } = await applied;
    expect(printed).toContain(
      "dev-apps would also, as is known only now:\n    - kubernetes_ingress_v1.shop\nGo on? yes/no ",
    );
    expect(code).toBe(1);
    expect(environment.made("apps")).toEqual(["kubernetes_ingress_v1.shop"]);
  });

  it("nobody where standard input is no terminal, and does nothing at all then", async () => {
    const environment = new SmallEnvironment();
    expect((await environment.apply({ yes: false }, { typed: "yes\n" })).refusal).toBe(
      "nobody is there to be asked, for standard input is no terminal; add --yes, or --plan to look only",
    );
    expect(existsSync(join(environment.project.root, "cdktf.out"))).toBe(false);
  });

  it("after it has looked for what would stop it, and not where it looks only", async () => {
    const environment = new SmallEnvironment();
    const looks: string[] = [];
    const preflight = async () => {
      looks.push("looked");
    };
    await environment.apply({ preflight, plan: true });
    expect(looks).toEqual([]);
    await environment.apply({ preflight });
    expect(looks).toEqual(["looked"]);
    const stops = () => Promise.reject(new Error("the region is not opted in"));
    await expect(environment.apply({ preflight: stops })).rejects.toThrow("the region is not opted in");
  });
});

describe("foundry apply --plan", startsPrograms, () => {
  it("changes nothing, and ends with 2 where something would change and 0 where nothing would", async () => {
    const environment = new SmallEnvironment();
    expect((await environment.apply({ plan: true })).code).toBe(2);
    expect(did(environment.takeCalls())).toEqual([]);
    await environment.apply();
    expect((await environment.apply({ plan: true })).code).toBe(0);
    environment.hasFaults({ "dev-cluster plan": { fails: "no" } });
    expect((await environment.apply({ plan: true })).code).toBe(1);
  });
});

describe("plans that are kept", startsPrograms, () => {
  it("are applied exactly, one round after the other, and no other change with them", async () => {
    const environment = new SmallEnvironment();
    const folder = join(environment.project.root, "plans");
    const first = await environment.apply({ out: folder });
    expect(first.code).toBe(2);
    expect(first.printed).toContain("dev-identity, dev-controllers, dev-apps: to be planned again after that\n");
    expect([...readdirSync(folder)].sort()).toEqual(["dev-cluster.tfplan", "plans.json"]);
    expect((await environment.apply({ plans: folder, yes: false })).printed).toContain(
      "are applied; to be planned again: dev-identity, dev-controllers, dev-apps\n",
    );
    expect(environment.made("cluster")).toEqual(["aws_eks_cluster.main"]);
    expect(environment.made("identity")).toEqual([]);
    for (const made of ["identity", "controllers", "apps"]) {
      await environment.apply({ out: folder });
      expect((await environment.apply({ plans: folder })).code).toBe(0);
      expect(environment.made(made)).toHaveLength(1);
    }
    expect((await environment.apply({ plan: true })).code).toBe(0);
  });

  it("are refused where what synth writes has changed since", async () => {
    const environment = new SmallEnvironment();
    const folder = join(environment.project.root, "plans");
    await environment.apply({ out: folder });
    environment.becomes({ ...four, cluster: { resources: { "aws_eks_cluster.other": {} } } });
    const { refusal } = await environment.apply({ plans: folder });
    expect(refusal).toMatch(/^dev-cluster: what synth writes is no longer what was planned/);
    expect(environment.made("cluster")).toEqual([]);
  });

  it("are refused by Terraform where the state has changed since, and are taken up where they stopped", async () => {
    const environment = new SmallEnvironment();
    await environment.apply();
    const folder = join(environment.project.root, "plans");
    environment.becomes({
      ...four,
      controllers: { reads: ["cluster", "identity"], resources: { "helm_release.lbc": { version: 2 } } },
      apps: { reads: ["cluster", "controllers"], resources: { "kubernetes_ingress_v1.shop": { host: 2 } } },
    });
    await environment.apply({ out: folder });
    environment.hasFaults({ "kubernetes_ingress_v1.shop": { fails: "timeout" } });
    expect((await environment.apply({ plans: folder })).refusal).toMatch(
      /^not applied: dev-apps; where a plan is stale, /,
    );
    environment.hasFaults({});
    environment.takeCalls();
    expect((await environment.apply({ plans: folder })).code).toBe(0);
    expect(did(environment.takeCalls())).toEqual(["dev-apps update kubernetes_ingress_v1.shop"]);
  });

  it("do not go into a folder that holds something else", async () => {
    const environment = new SmallEnvironment();
    expect((await environment.apply({ out: environment.folder })).refusal).toMatch(
      / holds something else than plans; /,
    );
  });
});

describe("a change that removes from several stacks", startsPrograms, () => {
  const stands = { takenAwayBy: "dev-controllers helm_release.lbc" };
  const before = {
    ...four,
    apps: { reads: ["cluster", "identity", "controllers"], resources: { "kubernetes_ingress_v1.shop": stands } },
  };

  it("destroys what goes from the last stack back, and then makes what comes", async () => {
    const environment = new SmallEnvironment(before);
    await environment.apply();
    environment.takeCalls();
    environment.becomes({
      ...without("aws_iam_role.lbc", "helm_release.lbc", "kubernetes_ingress_v1.shop"),
      identity: { reads: ["cluster"], resources: { "aws_iam_role.lattice": {} } },
      apps: { reads: ["cluster", "identity", "controllers"], resources: { "helm_release.route": {} } },
    });
    const { code, printed } = await environment.apply();
    expect(code).toBe(0);
    expect(did(environment.takeCalls())).toEqual([
      "dev-apps delete kubernetes_ingress_v1.shop",
      "dev-controllers delete helm_release.lbc",
      "dev-identity delete aws_iam_role.lbc",
      "dev-identity create aws_iam_role.lattice",
      "dev-apps create helm_release.route",
    ]);
    expect(printed).toContain(
      "Two passes: first what goes, from the last stack back (1 of dev-apps, 1 of dev-controllers, 1 of dev-identity)",
    );
    expect((await environment.apply({ plan: true })).code).toBe(0);
  });

  it("goes on from where it stopped", async () => {
    const environment = new SmallEnvironment(before);
    await environment.apply();
    environment.becomes(without("aws_iam_role.lbc", "helm_release.lbc", "kubernetes_ingress_v1.shop"));
    environment.hasFaults({ "helm_release.lbc": { fails: "timed out" } });
    expect((await environment.apply()).refusal).toMatch(/^not destroyed what goes of: dev-controllers, dev-identity; /);
    expect(environment.made("identity")).toEqual(["aws_iam_role.lbc"]);
    environment.hasFaults({});
    expect((await environment.apply()).code).toBe(0);
    expect(environment.made("identity")).toEqual([]);
  });

  it("is kept as plans of what goes, which are applied from the last stack back", async () => {
    const environment = new SmallEnvironment(before);
    await environment.apply();
    environment.becomes(without("helm_release.lbc", "kubernetes_ingress_v1.shop"));
    const folder = join(environment.project.root, "plans");
    await environment.apply({ out: folder });
    environment.takeCalls();
    expect((await environment.apply({ plans: folder })).code).toBe(0);
    expect(did(environment.takeCalls())).toEqual([
      "dev-apps delete kubernetes_ingress_v1.shop",
      "dev-controllers delete helm_release.lbc",
    ]);
  });

  it("takes what moved for the same thing, and not for something that goes", async () => {
    const environment = new SmallEnvironment(before);
    await environment.apply();
    environment.becomes({
      ...without("helm_release.lbc"),
      apps: {
        reads: ["cluster", "identity", "controllers"],
        resources: { "kubernetes_ingress_v1.basket": stands },
        moved: [{ from: "kubernetes_ingress_v1.shop", to: "kubernetes_ingress_v1.basket" }],
      },
    });
    expect((await environment.apply({ plan: true })).printed).not.toContain("Two passes");
  });

  it("is not begun in a part of the stacks", async () => {
    const environment = new SmallEnvironment(before);
    await environment.apply();
    environment.becomes(without("aws_iam_role.lbc", "kubernetes_ingress_v1.shop"));
    expect((await environment.apply({ until: "identity" })).refusal).toBe(
      "something goes of dev-identity, and what stands on it has to go before; apply without --until",
    );
  });
});

describe("an interrupted foundry apply", startsPrograms, () => {
  it("interrupts Terraform once, waits for its end, begins nothing more, and goes on when it is called again", async () => {
    const environment = new SmallEnvironment();
    environment.hasFaults({ "aws_iam_role.lbc": { waits: join(environment.folder, "never") } });
    const signals = new EventEmitter();
    const applied = environment.apply({}, { signals });
    await environment.untilCalled("aws_iam_role.lbc waits");
    signals.emit("SIGINT");
    signals.emit("SIGINT");
    signals.emit("SIGTERM");
    const { code, refusal, printed } = await applied;
    const calls = environment.takeCalls();
    expect(calls.filter((call) => call === "dev-identity interrupted")).toHaveLength(1);
    expect(calls.filter((call) => call.startsWith("dev-controllers"))).toEqual([]);
    expect(code).toBe(1);
    expect(refusal).toMatch(
      /^not applied: dev-identity, dev-controllers, dev-apps; interrupted, and no lock is left\. /,
    );
    expect(printed).toContain(
      "foundry: interrupted; Terraform ends in dev-identity, writes down what it made and gives its lock back\n",
    );
    expect(printed.match(/foundry: already interrupted/g)).toHaveLength(2);
    environment.hasFaults({});
    expect((await environment.apply()).code).toBe(0);
  });

  it("leaves no listener behind", async () => {
    const environment = new SmallEnvironment();
    const signals = new EventEmitter();
    await environment.apply({}, { signals });
    expect(signals.eventNames()).toEqual([]);
  });
});

describe("the command line of foundry apply", () => {
  it.each([
    [["apply", "dev", "--plans", "p", "--plan"], "cannot be used with option"],
    [["apply", "dev", "--until", "workloads"], "Allowed choices are cluster, identity, controllers, apps."],
    [["apply", "dve"], "did you mean dev?"],
  ])("refuses %s", async (args, text) => {
    const { code, stderr } = await new TestProject([minimal("dev")]).run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });
});
