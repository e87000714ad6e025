import { describe, expect, it } from "vitest";
import seedsFile from "../../examples/seeds";
import { checked, stackNames, stacksOf } from "../support/environments";
import { at, list, objects, strings } from "../support/json";
import {
  customResources,
  type HelmRelease,
  helmReleases,
  metadataOf,
  releaseOf,
  typedResources,
} from "../support/kubernetes-objects";
import { resources } from "../support/synth";

const seeds = () => stacksOf("seeds");

/** Charts that need another chart's CRDs or webhook before they install. */
const releaseNeeds: Readonly<Record<string, readonly string[]>> = {
  "aws-load-balancer-controller": ["cert-manager"],
  "emissary-ingress": ["emissary-crds-chart", "aws-load-balancer-controller"],
};

/** Which chart serves the custom resources of an API group. */
const chartOfGroup: Readonly<Record<string, string>> = {
  "getambassador.io": "emissary-ingress",
  "elbv2.k8s.aws": "aws-load-balancer-controller",
  "appmesh.k8s.aws": "appmesh-controller",
  "gateway.networking.k8s.io": "gateway-api-crds",
  "gateway.k8s.aws": "aws-load-balancer-controller",
};

/** Groups of kinds that every cluster has. */
const builtInGroups = ["admissionregistration.k8s.io"];

const removedVersions = ["extensions/v1beta1", "rbac.authorization.k8s.io/v1beta1", "networking.k8s.io/v1beta1"];
const deadRepositories = ["charts.helm.sh", "kubernetes-charts", "helm/charts", "getambassador.io", "gcr.io"];
const placeholders = [
  "735015535886",
  "44.225.109.227",
  "111122223333",
  "123456780000",
  "EXAMPLED539D4633E53DE1B71EXAMPLE",
];

/** The release of a chart, or of one of the project's own, which is called by its name. */
function releaseNamed(stacks: ReturnType<typeof seeds>, name: string): HelmRelease {
  return helmReleases(stacks).find(({ arguments: release }) => release["name"] === name) ?? releaseOf(stacks, name);
}

describe("what holds for every seed", () => {
  it("G.1 no object is of a removed API version and each pod template carries its selector's labels", () => {
    const stacks = seeds();
    for (const { text } of strings(stacks)) expect(removedVersions).not.toContain(text);
    for (const { apiVersion } of customResources(stacks)) expect(removedVersions).not.toContain(apiVersion);
    const deployments = typedResources(stacks, "kubernetes_deployment_v1");
    expect(deployments.length).toBeGreaterThan(0);
    for (const deployment of deployments) {
      const selector = at(deployment, "spec", "selector", "match_labels") as object;
      expect(Object.keys(selector).length).toBeGreaterThan(0);
      expect(at(deployment, "spec", "template", "metadata", "labels")).toMatchObject(selector);
    }
  });

  it("G.2 nothing of the authors' accounts, addresses and placeholders is left", () => {
    const text = JSON.stringify(seeds());
    for (const placeholder of placeholders) expect(text).not.toContain(placeholder);
  });

  it("G.3 every load balancer Service names the controller's class and its scheme, and none a loadBalancerIP", () => {
    const stacks = seeds();
    expect(JSON.stringify(stacks)).not.toMatch(/loadBalancerIP|load_balancer_ip"/);
    const typed = typedResources(stacks, "kubernetes_service_v1")
      .filter((service) => at(service, "spec", "type") === "LoadBalancer")
      .map((service) => ({
        loadBalancerClass: at(service, "spec", "load_balancer_class"),
        annotations: metadataOf(service).annotations ?? {},
      }));
    const released = helmReleases(stacks)
      .flatMap(({ values }) => objects(values))
      .filter((value) => value["type"] === "LoadBalancer")
      .map((service) => ({ loadBalancerClass: service["loadBalancerClass"], annotations: service["annotations"] }));
    const services = [...typed, ...released];
    expect(services.length).toBeGreaterThan(0);
    for (const service of services) {
      expect(service.loadBalancerClass).toBe("service.k8s.aws/nlb");
      expect(service.annotations).toHaveProperty(
        ["service.beta.kubernetes.io/aws-load-balancer-scheme"],
        expect.stringMatching(/^(internal|internet-facing)$/),
      );
    }
  });

  it("G.4 there is no access key, and no token or secret is a resource or an output", () => {
    for (const stack of Object.values(seeds())) {
      expect(Object.keys(stack.resource)).not.toContain("aws_iam_access_key");
      expect(Object.keys(stack.resource).filter((type) => /secret/.test(type))).toEqual([]);
      for (const output of Object.values(stack.output)) {
        expect(output.sensitive).toBeUndefined();
        expect(JSON.stringify(output.value)).not.toMatch(/token|password|secret/i);
      }
    }
  });

  it("G.5 every release from a repository pins its version, and none comes from a dead one", () => {
    const releases = helmReleases(seeds()).filter((release) => release.arguments["repository"] !== undefined);
    expect(releases.length).toBeGreaterThan(0);
    for (const { arguments: release } of releases) {
      expect(release["version"]).toMatch(/^v?\d+\.\d+\.\d+$/);
      for (const dead of deadRepositories) expect(release["repository"]).not.toContain(dead);
    }
  });

  it("G.6 a release or object that needs another release's CRDs or webhook waits for it or stands in a later stack", () => {
    const stacks = seeds();
    const waitsFor = (release: HelmRelease, chart: string) => {
      const needed = releaseNamed(stacks, chart);
      const waits = list(release.arguments["depends_on"] as string[] | undefined).includes(needed.address);
      return waits || stackNames.indexOf(needed.stack) < stackNames.indexOf(release.stack);
    };
    for (const [chart, needs] of Object.entries(releaseNeeds)) {
      for (const needed of needs)
        expect(waitsFor(releaseOf(stacks, chart), needed), `${chart} after ${needed}`).toBe(true);
    }
    const manifests = customResources(stacks);
    expect(manifests.length).toBeGreaterThan(0);
    for (const { apiVersion, kind, metadata, release } of manifests) {
      const [group = ""] = apiVersion.split("/");
      if (builtInGroups.includes(group)) continue;
      const chart = chartOfGroup[group];
      expect(chart, `a chart for ${apiVersion}`).toBeDefined();
      expect(waitsFor(release, String(chart)), `${kind} ${metadata.name} after ${chart}`).toBe(true);
    }
  });

  it("G.7 a component past its end of life is there only where the environment acknowledges that end", () => {
    const charts = helmReleases(seeds()).map(({ arguments: { chart } }) => chart);
    expect(charts).toEqual(expect.arrayContaining(["appmesh-controller", "ingress-nginx"]));
    expect(seedsFile.acknowledgeEndOfLife).toEqual({ appMesh: "2026-09-30", ingressNginx: "2026-03" });
    const { acknowledgeEndOfLife: _, ...unaware } = seedsFile;
    expect(() => checked(unaware)).toThrow(/reached its end on 2026-09-30[\s\S]*mesh\.kind "lattice"/);
    expect(() => checked(unaware)).toThrow(/reached its end on 2026-03[\s\S]*controllers\.nginx\.kind "f5"/);
    expect(() =>
      checked({ ...seedsFile, acknowledgeEndOfLife: { appMesh: "2026-09-29", ingressNginx: "2026-03" } }),
    ).toThrow("reached its end on 2026-09-30");
  });

  it("G.8 public subnets carry the elb tag and private ones the internal-elb tag", () => {
    const subnets = resources(seeds().cluster, "aws_subnet").map((subnet) => subnet["tags"] as Record<string, string>);
    const publicSubnets = subnets.filter((tags) => tags["kubernetes.io/role/elb"] === "1");
    const privateSubnets = subnets.filter((tags) => tags["kubernetes.io/role/internal-elb"] === "1");
    expect(publicSubnets).toHaveLength(3);
    expect(privateSubnets).toHaveLength(3);
    expect(subnets).toHaveLength(6);
  });
});
