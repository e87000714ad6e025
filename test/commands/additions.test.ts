import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { additionProblems } from "../../commands/synth/additions";
import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "../support/minimal";
import { type Ended, TestProject } from "./test-project";

const environment: EnvironmentInput = {
  ...minimal("own"),
  aws: {
    region: "us-west-2",
    accountId: "123456789012",
    iam: { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" },
  },
};

/** A project whose environment has a file beside it that adds to its stacks, as esbuild compiles one. */
function projectWith(body: string): TestProject {
  const project = new TestProject([environment]);
  writeFileSync(join(project.root, "environments", "own.stacks.ts"), "");
  const lib = join(process.cwd(), "node_modules", "@cdktf");
  project.compiled(
    "own.stacks",
    `const cdktf = require("cdktf");
     const lib = (provider, name) => require(${JSON.stringify(lib)} + "/provider-" + provider + "/lib/" + name);
     exports.default = (stacks) => { ${body} };`,
  );
  return project;
}

const synth = (project: TestProject): Promise<Ended> => project.run(["synth", "own"]);

function stackOf(project: TestProject, stack: string) {
  return JSON.parse(readFileSync(join(project.root, "cdktf.out", "stacks", `own-${stack}`, "cdk.tf.json"), "utf8"));
}

const anIngress = `
  const { IngressV1 } = lib("kubernetes", "ingress-v1");
  new IngressV1(stacks.apps.scope, "side-door", {
    metadata: { name: "side-door", namespace: "default", annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } },
    spec: { ingressClassName: "alb", defaultBackend: { service: { name: "shop", port: { number: 80 } } } },
  });`;

describe("a file that adds to the stacks of an environment", () => {
  it("adds constructs below the scope of a stack, which stand in its JSON with what it knows", async () => {
    const project = projectWith(`
      const { SqsQueue } = lib("aws", "sqs-queue");
      new SqsQueue(stacks.cluster.scope, "orders", { name: stacks.environment.name + "-" + stacks.cluster.outputs.cluster_name });`);
    expect(await synth(project)).toMatchObject({ code: 0 });
    expect(stackOf(project, "cluster").resource.aws_sqs_queue.own_orders.name).toBe(
      "own-${aws_eks_cluster.cluster.name}",
    );
  });

  it("keeps the company's rules for roles, though its classes are copies", async () => {
    const project = projectWith(`
      const { IamRole } = lib("aws", "iam-role");
      new IamRole(stacks.identity.scope, "reader", { name: "own-reader", assumeRolePolicy: "{}" });`);
    expect(await synth(project)).toMatchObject({ code: 0 });
    expect(stackOf(project, "identity").resource.aws_iam_role.own_reader.permissions_boundary).toBe(
      "arn:aws:iam::123456789012:policy/boundary",
    );
  });

  it("is refused, and nothing is written, where it opens a way that no route declares", async () => {
    const project = projectWith(anIngress);
    const { code, stderr } = await synth(project);
    expect(code).toBe(1);
    expect(stderr).toContain("side-door");
    expect(existsSync(join(project.root, "cdktf.out", "stacks"))).toBe(false);
  });

  it("is refused where it changes what stands there, an aspect's work included", async () => {
    const project = projectWith(`
      const stack = cdktf.TerraformStack.of(stacks.cluster.scope);
      cdktf.Aspects.of(stack).add({ visit: (node) => {
        if (node.terraformResourceType === "aws_eks_cluster") node.addOverride("vpc_config.endpoint_public_access", true);
      } });`);
    const { code, stderr } = await synth(project);
    expect(code).toBe(1);
    expect(stderr).toContain("environments/own.stacks.ts may add constructs below the scope of each stack");
    expect(stderr).toContain("own-cluster: aws_eks_cluster.cluster differs");
  });

  it("is told of by its name where its code fails", async () => {
    const { code, stderr } = await synth(projectWith('throw new Error("no such queue")'));
    expect(code).toBe(1);
    expect(stderr).toContain("environments/own.stacks.ts: its code fails: no such queue");
  });

  it("needs an environment of its name", async () => {
    const project = projectWith("");
    writeFileSync(join(project.root, "environments", "gone.stacks.ts"), "");
    const { code, stderr } = await synth(project);
    expect(code).toBe(1);
    expect(stderr).toContain("environments/gone.stacks.ts");
    expect(stderr).toContain("Write environments/gone.ts, or give the file the name of its environment.");
  });
});

describe("what a file may not add", () => {
  const before = {
    provider: { aws: [{}] },
    resource: { aws_vpc: { network: { cidr_block: "10.0.0.0/16" } } },
    terraform: {},
  };
  const withResource = (resource: object) => ({ ...before, resource: { ...before.resource, ...resource } });

  it.each([
    ["nothing", before, []],
    ["an output and a data source", { ...before, data: { aws_region: { own_here: {} } }, output: { own_a: {} } }, []],
    [
      "a resource outside the scope",
      withResource({ aws_sqs_queue: { orders: {} } }),
      ["aws_sqs_queue.orders is not below the scope; pass the stack's `scope` as the first argument of the construct"],
    ],
    [
      "an object of Kubernetes where only AWS is",
      withResource({ kubernetes_secret: { own_a: {} } }),
      ["kubernetes_secret.own_a is of a provider that this stack does not have; it has aws"],
    ],
    ["a change", withResource({ aws_vpc: { network: { cidr_block: "10.1.0.0/16" } } }), ["aws_vpc.network differs"]],
    ["a removal", withResource({ aws_vpc: {} }), ["aws_vpc.network is gone"]],
    [
      "a provider",
      { ...before, provider: { aws: [{}], datadog: [{}] } },
      ["provider differs, and is no part that is added to"],
    ],
    [
      "an output of the contract",
      { ...before, output: { cluster_name: {} } },
      ["output.cluster_name is not below the scope; pass the stack's `scope` as the first argument of the construct"],
    ],
  ])("%s", (_what, after, problems) => {
    expect(additionProblems(before, after)).toEqual(problems);
  });
});
