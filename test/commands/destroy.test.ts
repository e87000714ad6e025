import { EventEmitter } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startsPrograms } from "../support/programs";
import { SmallEnvironment } from "./terraform/small-environment";
import { TestProject } from "./test-project";

const did = (calls: readonly string[]) => calls.filter((call) => / delete /.test(call));

const stands = {
  metadata: [{ namespace: "shop", name: "shop" }],
  status: [{ load_balancer: [{ ingress: [{ hostname: "k8s-shop.elb.amazonaws.com" }] }] }],
  takenAwayBy: "dev-controllers helm_release.lbc",
};

const stacks = {
  cluster: {
    resources: {
      "aws_eks_cluster.main": { name: "dev" },
      "aws_eip.nat": { public_ip: "192.0.2.7" },
      "aws_ecr_repository.shop": { name: "shop", force_delete: true },
      "aws_ecr_repository.base": { name: "base", force_delete: false },
      "aws_cloudwatch_log_group.logs": { name: "/aws/eks/dev/cluster" },
      "aws_route_table.private": {},
    },
  },
  identity: { reads: ["cluster"], resources: { "aws_iam_role.lbc": {} } },
  controllers: { reads: ["cluster", "identity"], resources: { "helm_release.lbc": {} } },
  apps: { reads: ["cluster", "identity", "controllers"], resources: { "kubernetes_ingress_v1.shop": stands } },
};

async function applied(...[given = stacks]: ConstructorParameters<typeof SmallEnvironment>) {
  const environment = new SmallEnvironment(given);
  await environment.apply();
  environment.takeCalls();
  return environment;
}

describe("foundry destroy", startsPrograms, () => {
  it("destroys each stack after those that stand on it", async () => {
    const environment = await applied();
    expect((await environment.destroy()).code).toBe(0);
    const calls = did(environment.takeCalls());
    expect(calls.slice(0, 3)).toEqual([
      "dev-apps delete kubernetes_ingress_v1.shop",
      "dev-controllers delete helm_release.lbc",
      "dev-identity delete aws_iam_role.lbc",
    ]);
    expect(environment.made("cluster")).toEqual([]);
  });

  it("says first what is lost, by the names that people know it by", async () => {
    const { code, printed } = await (await applied()).destroy({ plan: true });
    expect(code).toBe(2);
    expect(printed).toContain(
      [
        "What is lost with dev:",
        "dev-apps: 1 thing that Terraform made, among them",
        "  - Ingress shop/shop, with its load balancer k8s-shop.elb.amazonaws.com",
        "dev-controllers: 1 thing that Terraform made",
        "dev-identity: 1 thing that Terraform made",
        "dev-cluster: 6 things that Terraform made, among them",
        "  - ECR repository base; AWS refuses while it holds images",
        "  - ECR repository shop, with its images",
        "  - EKS cluster dev, and everything that runs in it",
        "  - address 192.0.2.7, which AWS gives to somebody else",
        "  - log group /aws/eks/dev/cluster",
        "",
      ].join("\n"),
    );
  });

  it.each(["yes\n", "prod\n", ""])("destroys nothing when it is answered %j", async (typed) => {
    const environment = await applied();
    const { code, refusal } = await environment.destroy({ yes: false }, { typed, terminal: true });
    expect({ code, refusal }).toEqual({
      code: 1,
      refusal: "nothing was destroyed; write dev, or add --yes, to destroy what is listed above",
    });
    expect(did(environment.takeCalls())).toEqual([]);
  });

  it("destroys when it is answered with the environment's name", async () => {
    const environment = await applied();
    expect((await environment.destroy({ yes: false }, { typed: "dev\n", terminal: true })).code).toBe(0);
    expect(environment.made("cluster")).toEqual([]);
  });

  it("refuses where nobody can be asked", async () => {
    const environment = await applied();
    expect((await environment.destroy({ yes: false }, { typed: "dev\n" })).refusal).toMatch(
      /^nobody is there to be asked/,
    );
  });

  it("stops where something is left, and goes on from there", async () => {
    const environment = await applied();
    environment.hasFaults({ "helm_release.lbc": { fails: "timed out waiting for the condition" } });
    const { refusal, printed } = await environment.destroy();
    expect(refusal).toMatch(
      /^not destroyed: dev-cluster, dev-identity, dev-controllers; |^not destroyed: dev-controllers, /,
    );
    expect(printed).toContain("  timed out waiting for the condition\n");
    expect(printed).toContain("dev-identity     left, for dev-controllers still stands on it\n");
    environment.hasFaults({});
    environment.takeCalls();
    expect((await environment.destroy()).code).toBe(0);
    expect(did(environment.takeCalls())).not.toContain("dev-apps delete kubernetes_ingress_v1.shop");
  });

  it("goes on without looking where something that Terraform only reads is gone already", async () => {
    const environment = await applied();
    environment.hasFaults({ "dev-apps destroy": { gone: "data.aws_lb.shop" } });
    expect((await environment.destroy()).code).toBe(0);
    environment.hasFaults({ "dev-apps destroy": { gone: "aws_lb.shop" } });
    await environment.apply();
    expect((await environment.destroy()).printed).toContain("  Search returned 0 results (aws_lb.shop)\n");
  });

  it("destroys a stack and those that stand on it, and no others", async () => {
    const environment = await applied();
    expect((await environment.destroy({ until: "controllers" })).code).toBe(0);
    expect(environment.made("controllers")).toEqual([]);
    expect(environment.made("identity")).toEqual(["aws_iam_role.lbc"]);
  });

  it("has nothing to do where nothing is there, and asks nothing", async () => {
    const { code, printed } = await new SmallEnvironment().destroy({ yes: false }, { terminal: true });
    expect(code).toBe(0);
    expect(printed).toContain("dev: nothing is there to destroy\n");
  });

  it("refuses before it begins where AWS would refuse in the middle", async () => {
    const environment = await applied({
      ...stacks,
      cluster: { resources: { "aws_eks_cluster.main": { name: "dev", deletion_protection: true } } },
    });
    expect((await environment.destroy()).refusal).toBe(
      "nothing was destroyed: EKS cluster dev is protected from deletion; write cluster.deletionProtection: false and apply that first",
    );
    expect(environment.made("apps")).toEqual(["kubernetes_ingress_v1.shop"]);
  });

  it("is not refused by a rule of the environment's file: it destroys by what was synthesized last", async () => {
    const environment = await applied();
    environment.refused = "environments/dev.ts: cluster.endpoint";
    const { code, printed } = await environment.destroy();
    expect(code).toBe(0);
    expect(printed).toMatch(
      /^environments\/dev\.ts cannot be synthesized; destroys by what was synthesized last, on \d{4}-/,
    );
    expect(environment.made("cluster")).toEqual([]);
  });

  it("destroys an environment whose file is gone", async () => {
    const environment = await applied();
    rmSync(join(environment.project.root, "environments", "dev.ts"));
    expect((await environment.destroy()).printed).toContain("environments/dev.ts is gone; destroys by what was");
    expect(environment.made("cluster")).toEqual([]);
  });

  it("says what is wrong with the file where nothing was synthesized of it before", async () => {
    const environment = new SmallEnvironment();
    environment.refused = "environments/dev.ts: cluster.endpoint";
    const { refusal, printed } = await environment.destroy();
    expect(printed).toBe("environments/dev.ts: cluster.endpoint\n");
    expect(refusal).toMatch(/holds nothing that was synthesized of it before; check out the commit that was applied/);
  });

  it("interrupted, it waits for Terraform and destroys nothing more", async () => {
    const environment = await applied();
    environment.hasFaults({ "helm_release.lbc": { waits: join(environment.folder, "never") } });
    const signals = new EventEmitter();
    const destroyed = environment.destroy({}, { signals });
    await environment.untilCalled("helm_release.lbc waits");
    signals.emit("SIGTERM");
    expect((await destroyed).refusal).toContain("interrupted, and no lock is left");
    expect(environment.made("identity")).toEqual(["aws_iam_role.lbc"]);
  });

  it("takes a wrong name for a wrong call, and works although TypeScript has something against the sources", async () => {
    expect((await new TestProject().run(["destroy", "dev", "--yes"])).code).toBe(2);
    const environment = await applied();
    rmSync(join(environment.project.root, "environments", "dev.ts"));
    const types = { passed: false, output: "environments/dev.ts(3,1): error TS1005\n" };
    const variables = { STAND_IN_FOLDER: environment.folder };
    expect((await environment.project.run(["destroy", "dev", "--yes"], { types, variables })).code).toBe(0);
    expect(environment.made("cluster")).toEqual([]);
  });
});
