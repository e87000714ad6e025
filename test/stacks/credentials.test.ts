import { describe, expect, it } from "vitest";
import { synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";

const base = minimal();

describe("how Terraform signs in to Kubernetes", () => {
  const stacks = synthStacks({ ...base, cluster: { ...base.cluster, credentials: "token" } });

  it.each(["controllers", "apps"] as const)(
    "a token in %s is an ephemeral resource, in no plan and no state",
    (name) => {
      const stack = stacks[name];
      expect(stack).toMatchObject({
        ephemeral: {
          aws_eks_cluster_auth: { cluster: { name: "${data.terraform_remote_state.cluster.outputs.cluster_name}" } },
        },
      });
      expect(stack.data["aws_eks_cluster_auth"]).toBeUndefined();
      const token = "${ephemeral.aws_eks_cluster_auth.cluster.token}";
      expect(stack.provider["kubernetes"]).toMatchObject([{ token }]);
      expect(stack.provider["helm"]).toMatchObject([{ kubernetes: { token } }]);
    },
  );

  it("a token asks for a Terraform or OpenTofu that has ephemeral resources, in the stacks that use it alone", () => {
    expect(stacks.controllers.terraform["required_version"]).toBe(">= 1.11.0");
    expect(stacks.apps.terraform["required_version"]).toBe(">= 1.11.0");
    expect(stacks.cluster.terraform["required_version"]).toBe(">= 1.10.0");
  });

  it("the AWS CLI signs in by default, for the cluster and region of the environment", () => {
    const [kubernetes] = synthStacks(base).apps.provider["kubernetes"] ?? [];
    expect(kubernetes).toMatchObject({
      exec: [
        {
          api_version: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: [
            ...["eks", "get-token", "--cluster-name"],
            "${data.terraform_remote_state.cluster.outputs.cluster_name}",
            ...["--region", "us-west-2", "--output", "json"],
          ],
        },
      ],
    });
  });
});
