import { describe, expect, it } from "vitest";
import { goldenNames, stacksOf, synthStacks } from "../../support/environments";
import { list } from "../../support/json";
import { helmReleases } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

const namespacesOfEveryCluster = ["kube-system", "default"];

describe.each(goldenNames)("every release of %s", (name) => {
  const releases = helmReleases(stacksOf(name));

  it("waits until it is ready, gives up as a whole and can be applied again", () => {
    for (const { address, arguments: release } of releases) {
      expect(release, address).toMatchObject({ atomic: true, wait: true, upgrade_install: true });
      expect(release["timeout"], address).toBeGreaterThanOrEqual(300);
    }
  });

  it("leaves namespaces to Terraform, which takes them away again", () => {
    for (const { address, arguments: release } of releases)
      expect(release["create_namespace"] ?? false, address).toBe(false);
  });

  it("waits for the namespace that was made for it", () => {
    for (const { stack, arguments: release, address } of releases) {
      if (stack !== "controllers" || namespacesOfEveryCluster.includes(String(release["namespace"]))) continue;
      const waits = list(release["depends_on"] as string[] | undefined);
      expect(waits, address).toContain(`kubernetes_namespace_v1.namespace_${release["namespace"]}`);
    }
  });
});

describe("where charts come from", () => {
  it("is each chart's own address by default, and one mirror where the environment names it", () => {
    const addresses = (charts: { mirror?: string }) =>
      helmReleases(
        synthStacks({ ...minimal(), controllers: { certManager: {}, awsLoadBalancerController: {} }, charts }),
      )
        .map(({ arguments: { repository, chart, version } }) => ({ repository, chart, version }))
        // Charts of CustomResourceDefinitions are this project's own.
        .filter(({ repository }) => repository !== undefined);
    const own = addresses({});
    expect(own.map(({ repository }) => repository)).toEqual([
      "https://aws.github.io/eks-charts",
      "https://charts.jetstack.io",
    ]);
    const mirror = "oci://123456789012.dkr.ecr.us-west-2.amazonaws.com/charts";
    expect(addresses({ mirror })).toEqual(own.map((release) => ({ ...release, repository: mirror })));
  });
});
