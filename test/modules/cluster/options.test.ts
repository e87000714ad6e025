import { describe, expect, it } from "vitest";
import { clusterSchema } from "../../../modules/cluster/schema";
import type { ClusterInput } from "./synthesis";

const principalArn = "arn:aws:iam::123456789012:role/platform";
const selectors = [{ namespace: "shop" }];

describe("a cluster's options refuse what EKS would refuse at apply", () => {
  it.each<[string, ClusterInput, string]>([
    [
      "a node group whose name leaves no room for Terraform's 26 characters",
      { nodeGroups: { ["n".repeat(37)]: {} } },
      "at most 36 characters",
    ],
    [
      "an accelerator's image on machines without one",
      { nodeGroups: { gpu: { amiType: "AL2023_x86_64_NVIDIA" } } },
      "needs instance types that have one",
    ],
    ["a Fargate profile in EKS's own name", { fargateProfiles: { "eks-shop": { selectors } } }, "begin with eks-"],
    ["Services outside private ranges", { serviceCidr: "100.64.0.0/16" }, "from /12 to /24"],
    ["a Service network that is too large", { serviceCidr: "10.0.0.0/8" }, "from /12 to /24"],
    ["a Service network that is too small", { serviceCidr: "10.0.0.0/25" }, "from /12 to /24"],
    ["a Service network that is none", { serviceCidr: "ten" }, "like 10.0.0.0/16"],
    [
      "two entries for one principal",
      { access: { one: { principalArn }, two: { principalArn } } },
      "one access entry for a principal",
    ],
    [
      "one policy twice for a principal",
      {
        access: {
          one: {
            principalArn,
            policies: [{ policy: "view" }, { policy: "view", scope: { kind: "namespaces", namespaces: ["shop"] } }],
          },
        },
      },
      "knows a policy once",
    ],
    [
      "Auto Mode without a node pool",
      { autoMode: { kind: "on", nodePools: [] } },
      "without a node pool makes no nodes",
    ],
  ])("refuse %s", (_what, input, message) => {
    const result = clusterSchema.safeParse(input);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain(message);
  });

  it("take a node group's name of 36 characters", () => {
    expect(clusterSchema.safeParse({ nodeGroups: { ["n".repeat(36)]: {} } }).success).toBe(true);
  });

  it("take an accelerator's image with machines that have one", () => {
    const nodeGroups = { gpu: { amiType: "AL2023_x86_64_NVIDIA", instanceTypes: ["g6.xlarge"] } };
    expect(clusterSchema.safeParse({ nodeGroups }).success).toBe(true);
  });
});
