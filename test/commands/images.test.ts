import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

type Workload = NonNullable<EnvironmentInput["workloads"]>[string];
type NodeGroup = NonNullable<NonNullable<EnvironmentInput["cluster"]>["nodeGroups"]>[string];

const workload = (image: Workload["image"], namespace = "shop"): Workload => ({ namespace, image, port: 8080 });
const group = (amiType: NodeGroup["amiType"]): NodeGroup => (amiType === undefined ? {} : { amiType });

function projectWith({ cluster, ...changes }: Partial<EnvironmentInput>): TestProject {
  const base = minimal("dev");
  return new TestProject([{ ...base, ...changes, cluster: { ...base.cluster, ...cluster } }]);
}

const shop: Partial<EnvironmentInput> = {
  registry: { repositories: { shop: {} } },
  cluster: { nodeGroups: { arm: group("BOTTLEROCKET_ARM_64") } },
  workloads: { shop: workload({ repository: "shop", tag: "1.0.0" }) },
};

const host = "123456789012.dkr.ecr.us-west-2.amazonaws.com";

describe("foundry images", () => {
  it("prints how to sign in, to build for the nodes' architecture and to push", async () => {
    const { code, stdout } = await projectWith(shop).run(["images", "dev", "--from", "shop=../shop"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "# signs in, for twelve hours",
        `aws ecr get-login-password --region us-west-2 | docker login --username AWS --password-stdin ${host}`,
        "",
        "# shop, of shop, for linux/arm64",
        `docker buildx build --platform linux/arm64 --tag ${host}/shop:1.0.0 --push ../shop`,
        "",
      ].join("\n"),
    );
  });

  it("names each image once, for every architecture that its pods may come to", async () => {
    const { stdout } = await projectWith({
      ...shop,
      cluster: {
        nodeGroups: { arm: group("AL2023_ARM_64_STANDARD"), x86: group("AL2023_x86_64_STANDARD") },
        fargateProfiles: { batch: { selectors: [{ namespace: "batch" }] } },
      },
      registry: { repositories: { shop: {}, batch: {} } },
      workloads: {
        shop: workload({ repository: "shop", tag: "1.0.0" }),
        basket: workload({ repository: "shop", tag: "1.0.0" }),
        batch: workload({ repository: "batch", tag: "2" }, "batch"),
        other: workload({ name: "public.ecr.aws/nginx/nginx", tag: "1" }),
      },
    }).run(["images", "dev"]);
    expect(stdout).toContain("# shop, of shop, basket, for linux/amd64 and linux/arm64\n");
    expect(stdout).toContain("--platform linux/amd64,linux/arm64 ");
    expect(stdout).toContain("# batch, of batch, for linux/amd64\n");
    expect(stdout).toContain(":2 --push <folder of batch>\n");
    expect(stdout).not.toContain("nginx");
  });

  it("pushes what is not there yet, with a password that stands on no command line", async () => {
    const project = projectWith(shop);
    project.standIn(
      "aws",
      'case "$*" in *describe-images*) echo ImageNotFoundException >&2; exit 1 ;; *) echo secret ;; esac',
    );
    project.standIn("docker", 'case "$*" in login*) read word; [ "$word" = secret ] ;; esac');
    const { code, stdout } = await project.run(["images", "dev", "--push", "--from", "shop=../shop"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${host}/shop:1.0.0 is pushed\n` });
    expect(project.calls.at(-1)).toMatch(
      /^docker buildx build --platform linux\/arm64 --tag \S+\/shop:1\.0\.0 --push \//,
    );
    expect(project.calls.join()).not.toContain("secret");
  });

  it("leaves alone what is there already", async () => {
    const project = projectWith(shop);
    project.standIn("aws");
    project.standIn("docker");
    const { code, stdout } = await project.run(["images", "dev", "--push"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "shop, 1.0.0: is there already\nevery image is there already\n",
    });
  });

  it.each([
    ["podman", ["build --platform linux/arm64 --manifest", "manifest push --all"]],
    ["nerdctl", ["build --platform linux/arm64 --tag", "push "]],
  ])("builds with %s where there is no docker with buildx", async (name, calls) => {
    const project = projectWith(shop);
    project.standIn("docker", "exit 1");
    for (const other of ["podman", "finch", "nerdctl"]) project.standIn(other, other === name ? "" : "exit 1");
    const { stdout } = await project.run(["images", "dev"]);
    for (const call of calls) expect(stdout).toContain(`${name} ${call}`);
  });

  it("says that the cluster stack comes first, where there is no repository yet", async () => {
    const project = projectWith(shop);
    project.standIn("aws", "echo RepositoryNotFoundException >&2; exit 254");
    const { code, stderr } = await project.run(["images", "dev", "--push", "--from", "shop=../shop"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "foundry: there is no repository shop yet; apply the cluster stack first.\n",
    });
  });

  it.each([
    [["--push"], "foundry: say where shop is built: --from shop=<folder>.\n"],
    [["--from", "basket=../basket"], "foundry: no workload of dev runs an image of a repository basket.\n"],
    [["--from", "shop"], /It is a repository and its folder, such as shop=\.\.\/shop\./],
  ])("takes %s for a wrong call", async (args, stderr) => {
    const project = projectWith(shop);
    project.standIn("aws", "echo ImageNotFoundException >&2; exit 254");
    expect(await project.run(["images", "dev", ...args])).toMatchObject({
      code: 2,
      stderr: typeof stderr === "string" ? stderr : expect.stringMatching(stderr),
    });
  });
});
