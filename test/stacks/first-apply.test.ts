import { describe, expect, it } from "vitest";
import { stacksOf, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";
import type { TerraformJson } from "../support/synth";

const base = minimal();
const image = { repository: "shop", tag: "1.0.0" };

const judgedBy = (stack: TerraformJson, type: string, name: string) =>
  Object(stack.data[type]?.[name]).lifecycle?.postcondition ?? [];

describe("whoever applies", () => {
  const people = {
    operators: "arn:aws:iam::123456789012:role/teams/operators",
    deploy: "arn:aws:iam::123456789012:user/deploy",
    auditors: "arn:aws:iam::123456789012:role/auditors",
    developers: "arn:aws:iam::123456789012:role/developers",
  };
  const { controllers, apps, cluster, identity } = synthStacks({
    ...base,
    cluster: {
      ...base.cluster,
      access: {
        operators: { principalArn: people.operators, policies: [{ policy: "cluster-admin" }] },
        deploy: { principalArn: people.deploy, groups: ["deployers"] },
        auditors: { principalArn: people.auditors, policies: [{ policy: "admin-view" }] },
        developers: {
          principalArn: people.developers,
          policies: [{ policy: "edit", scope: { kind: "namespaces", namespaces: ["shop"] } }],
        },
      },
    },
  });

  it.each([
    ["controllers", controllers],
    ["apps", apps],
  ] as const)("is held to the cluster's access entries by %s, at plan", (_, stack) => {
    const [judged, ...others] = judgedBy(stack, "aws_caller_identity", "caller");
    expect(others).toEqual([]);
    // The name that STS gives a session has no path of the role.
    const admitted = ["sts::123456789012:assumed-role/operators", "iam::123456789012:user/deploy"];
    for (const principal of [...admitted, "sts::123456789012:assumed-role/auditors"]) {
      expect(judged.condition).toContain(`"arn:aws:${principal}"`);
    }
    expect(judged.condition).not.toContain("developers");
    expect(judged.error_message).toContain(`Sign in as ${people.operators} or ${people.deploy};`);
    expect(judged.error_message).toContain("apply minimal-cluster before this stack");
  });

  it("is not asked by the stacks that do not sign in to Kubernetes", () => {
    expect(cluster.data["aws_caller_identity"]).toBeUndefined();
    expect(identity.data["aws_caller_identity"]).toBeUndefined();
  });
});

describe("images of the environment's own registry", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const { apps } = synthStacks({
    ...base,
    registry: { repositories: { shop: {}, unused: {} } },
    workloads: {
      shop: { image, port: 8080 },
      twin: { image, port: 8080 },
      pinned: { image: { repository: "shop", digest }, port: 8080 },
      elsewhere: { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080 },
    },
  });

  it("are looked for at plan, by tag or digest, each once, with the command that says how to push", () => {
    expect(Object.keys(apps.data["aws_ecr_images"] ?? {})).toEqual(["image_shop"]);
    expect(apps.data["aws_ecr_images"]?.["image_shop"]).toMatchObject({
      repository_name: "shop",
      registry_id: "123456789012",
    });
    expect(judgedBy(apps, "aws_ecr_images", "image_shop")).toEqual([
      {
        condition: '${contains(self.image_ids[*].image_tag, "1.0.0")}',
        error_message: expect.stringMatching(/^The image shop:1\.0\.0 .*`npx foundry images minimal` says how\.$/),
      },
      {
        condition: `\${contains(self.image_ids[*].image_digest, "${digest}")}`,
        error_message: expect.stringContaining(`shop@${digest}`),
      },
    ]);
  });

  it("are no matter of an environment that pulls from elsewhere", () => {
    expect(stacksOf("fargate-in-existing-network").apps.data["aws_ecr_images"]).toBeUndefined();
  });
});
