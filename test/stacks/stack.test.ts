import { describe, expect, it } from "vitest";
import { goldenNames, stackNames, stacksOf, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";

const everyStack = goldenNames.flatMap((name) => stackNames.map((stack) => [`${name}-${stack}`, name, stack] as const));

/** What a stack asks of whoever runs it. */
const required = (name: string, stack: (typeof stackNames)[number]) => stacksOf(name)[stack].terraform;

describe("every stack", () => {
  it.each(everyStack)(
    "%s asks for a Terraform that locks state in S3 by itself, and has ephemeral resources where it uses one",
    (_id, name, stack) => {
      const floor = Object.keys(stacksOf(name)[stack].ephemeral).length > 0 ? "1.11.0" : "1.10.0";
      expect(required(name, stack)["required_version"]).toBe(`>= ${floor}`);
    },
  );

  it.each(everyStack)(
    "%s names its providers by their full address, within one range of versions",
    (_id, name, stack) => {
      const { aws, ...others } = Object(required(name, stack)["required_providers"]);
      expect(aws).toEqual({ source: "hashicorp/aws", version: expect.stringMatching(/^>= \d+\.\d+\.\d+, < 7\.0\.0$/) });
      const signedIn = {
        kubernetes: { source: "hashicorp/kubernetes", version: ">= 2.38.0, < 3.0.0" },
        helm: { source: "hashicorp/helm", version: ">= 3.1.1, < 4.0.0" },
      };
      expect(others).toEqual(stack === "controllers" || stack === "apps" ? signedIn : {});
    },
  );
});

describe("the AWS provider", () => {
  it("works in the environment's own account and region alone", () => {
    for (const { provider } of Object.values(stacksOf("prod"))) {
      expect(provider["aws"]).toMatchObject([{ region: "eu-west-1", allowed_account_ids: ["210987654321"] }]);
    }
  });

  it("marks everything with environment and tool, and with the environment's own tags", () => {
    for (const { provider } of Object.values(stacksOf("prod"))) {
      const tags = { Environment: "prod", ManagedBy: "terraform", CostCenter: "platform" };
      expect(provider["aws"]).toMatchObject([{ default_tags: [{ tags }] }]);
    }
  });

  it("assumes a role where the environment names one, and none elsewhere", () => {
    expect(stacksOf("prod").cluster.provider["aws"]).toMatchObject([
      { assume_role: [{ role_arn: "arn:aws:iam::210987654321:role/terraform" }] },
    ]);
    expect(stacksOf("dev").cluster.provider["aws"]?.[0]).not.toHaveProperty("assume_role");
  });

  it("is newer in the cluster stack alone where the cluster refuses its own deletion", () => {
    const { cluster, ...rest } = minimal();
    const stacks = synthStacks({ ...rest, cluster: { ...cluster, deletionProtection: true } });
    const floors = stackNames.map((name) => Object(stacks[name].terraform["required_providers"]).aws.version);
    expect(floors).toEqual([">= 6.9.0, < 7.0.0", ...Array(3).fill(">= 5.100.0, < 7.0.0")]);
  });
});
