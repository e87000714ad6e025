import { describe, expect, it } from "vitest";
import dev from "../../examples/dev";
import prod from "../../examples/prod";
import seeds from "../../examples/seeds";
import { EnvironmentError } from "../../modules/schema/problem";
import { checkEnvironments } from "../../platform/load";
import { cluster, environment, today, workload } from "./fixtures";

const named = (name: string, value: unknown) => ({ file: `environments/${name}.ts`, name, value });

function problemsOf(...files: readonly ReturnType<typeof named>[]): readonly string[] {
  try {
    checkEnvironments(files, today);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems.map(({ file, problem }) => `${file}: ${problem.path}`);
    throw error;
  }
  return [];
}

describe("environments are checked together", () => {
  it("the project's own environments pass", () => {
    const { environments } = checkEnvironments([named("dev", dev), named("prod", prod), named("seeds", seeds)], today);
    expect(environments.map(({ name }) => name)).toEqual(["dev", "prod", "seeds"]);
  });

  it("all problems of one file are reported at once, those of the schema first in its order", () => {
    const wrong = cluster({ endpiont: {}, version: "1.30", logs: { retentionDays: 2 } }, { regin: "x" });
    expect(problemsOf(named("dev", wrong))).toEqual([
      "environments/dev.ts: cluster.version",
      "environments/dev.ts: cluster.logs.retentionDays",
      "environments/dev.ts: cluster.endpiont",
      "environments/dev.ts: regin",
    ]);
  });

  it("all rules are held against a file that fits the schema", () => {
    const wrong = cluster(
      { nodeGroups: { general: { size: { min: 9 }, instanceTypes: ["t4g.large"] } } },
      { name: "prod", network: { kind: "create", nat: "none" } },
    );
    expect(problemsOf(named("dev", wrong))).toEqual([
      "environments/dev.ts: name",
      "environments/dev.ts: network.interfaceEndpoints",
      "environments/dev.ts: cluster.nodeGroups.general.size",
      "environments/dev.ts: cluster.nodeGroups.general.instanceTypes[0]",
    ]);
  });

  it("problems of every file are reported, whether of schema or of rules", () => {
    const files = [named("dev", environment({ name: "prod" })), named("lab", {}), named("test", undefined)];
    expect(problemsOf(...files)).toEqual([
      "environments/dev.ts: name",
      "environments/lab.ts: name",
      "environments/lab.ts: aws",
      "environments/test.ts: ",
    ]);
  });

  it("the message has each problem in four lines and an empty line between", () => {
    const check = () => checkEnvironments([named("dev", {})], today);
    expect(check).toThrow(
      [
        "environments/dev.ts: name",
        "  is:   nothing",
        "  why:  It has no default, so it must be there.",
        '  do:   Add `name: "dev"` to the environment.',
        "",
        "environments/dev.ts: aws",
        "  is:   nothing",
        "  why:  It has no default, so it must be there.",
        '  do:   Add `aws: { region: "us-west-2", accountId: "123456789012" }` to the environment.',
      ].join("\n"),
    );
  });

  it.each([
    ["an ECR repository", workload({}), workload({}, { name: "test" }), "registry.repositories.shop"],
    ["a cluster's name", cluster({ name: "main" }), cluster({ name: "main" }, { name: "test" }), "cluster.name"],
    [
      "a role of kube2iam",
      environment({ identity: { kube2iamRoles: { orders: {} } } }),
      environment({ name: "test", identity: { kube2iamRoles: { orders: {} } } }),
      "identity.kube2iamRoles.orders",
    ],
  ])("%s of an account belongs to one environment", (_what, one, other, path) => {
    expect(problemsOf(named("dev", one), named("test", other))).toEqual([`environments/test.ts: ${path}`]);
  });

  it("environments of two regions may use one name", () => {
    const elsewhere = workload({}, { name: "test", aws: { region: "eu-west-1", accountId: "123456789012" } });
    expect(problemsOf(named("dev", workload({})), named("test", elsewhere))).toEqual([]);
  });

  it("nodes without NAT and images of public registries are worth a warning", () => {
    const network = { kind: "create", nat: "none", interfaceEndpoints: "private-cluster" };
    const image = { name: "public.ecr.aws/nginx/nginx", tag: "1.29" };
    const { warnings } = checkEnvironments([named("dev", workload({ image }, { network }))], today);
    expect(warnings).toEqual([
      {
        file: "environments/dev.ts",
        message:
          'network.nat is "none", so nodes reach no public registry; the images of controllers.awsLoadBalancerController and workloads.shop come from there unless the VPC has another way out',
      },
    ]);
  });
});
