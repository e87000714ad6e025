import { describe, expect, it } from "vitest";
import { chartReleases, packageName } from "../../src/charts/releases";
import { stackOf } from "../fixtures";

const certManager = { chart: "cert-manager", version: "v1.21.1", repository: "https://charts.jetstack.io", name: "cm" };

describe("the chart releases of stacks", () => {
  it("are the Helm releases whose chart comes from a repository, with their stack and their name in Terraform", () => {
    const emissary = { chart: "emissary-ingress", version: "4.1.0", repository: "oci://ghcr.io/emissary-ingress" };
    const controllers = stackOf("dev-controllers", { resource: { helm_release: { cert_manager: certManager } } });
    const edge = stackOf("dev-edge", { resource: { helm_release: { emissary }, aws_vpc: { network: {} } } });
    expect(chartReleases([stackOf("dev-cluster"), controllers, edge])).toEqual([
      {
        stack: controllers,
        address: "cert_manager",
        chart: "cert-manager",
        version: "v1.21.1",
        repository: "https://charts.jetstack.io",
      },
      { stack: edge, address: "emissary", ...emissary },
    ]);
  });

  it("are never those of local charts", () => {
    const local = { chart: "./assets/manifests-chart/C18F", version: "1.0.0" };
    expect(chartReleases([stackOf("dev-apps", { resource: { helm_release: { mapping: local } } })])).toEqual([]);
  });

  it("have a version: one without is an error, since its package could not be named", () => {
    const unpinned = { ...certManager, version: undefined };
    expect(() =>
      chartReleases([stackOf("dev-controllers", { resource: { helm_release: { cert_manager: unpinned } } })]),
    ).toThrow("version");
  });

  it("name their packages as Helm does", () => {
    expect(packageName(certManager)).toBe("cert-manager-v1.21.1.tgz");
  });
});
