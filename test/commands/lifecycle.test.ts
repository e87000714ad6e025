import { describe, expect, it } from "vitest";
import { components } from "../../modules/lifecycle/components";
import { kubernetesVersions } from "../../modules/lifecycle/kubernetes-versions";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const environment = minimal("dev");
const project = new TestProject([{ ...environment, cluster: { ...environment.cluster, version: "1.35" } }]);
const { standardUntil } = kubernetesVersions["1.35"];
const daysBefore = (days: number) => new Date(Date.parse(standardUntil) - days * 86_400_000);

describe("foundry lifecycle", () => {
  it("has a row for Kubernetes and for each chart an environment installs, with the date its support ends", async () => {
    const { code, stdout } = await project.run(["lifecycle", "dev"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^dev\ncomponent +version +state +supported until +instead\n/);
    expect(stdout).toMatch(new RegExp(`^Kubernetes on EKS +1\\.35 +standard support +${standardUntil}$`, "m"));
    const { title, version } = components.awsLoadBalancerController;
    expect(stdout).toMatch(new RegExp(`^${title} +${version.replaceAll(".", "\\.")} +current$`, "m"));
  });

  it("has a row for each thing the project itself stands on that is no longer maintained", async () => {
    const { stdout } = await project.run(["lifecycle", "dev"]);
    expect(stdout).toMatch(/^CDK for Terraform +0\.21\.0 +ended +2025-12-10 +\S/m);
    expect(stdout).toMatch(/^Amazon API Gateway Ingress Controller .* +ended +2019-10-08 +\S/m);
  });

  it("prints the same rows as JSON, with the day they were judged on", async () => {
    const { stdout } = await project.run(["lifecycle", "--json"]);
    const printed = JSON.parse(stdout);
    expect(printed.today).toBe("2026-11-21");
    expect(printed.environments.dev.map(({ component }: { component: string }) => component)).toEqual([
      "Kubernetes on EKS",
      components.awsLoadBalancerController.title,
    ]);
    expect(printed.foundation).toHaveLength(2);
  });

  it("ends with 1 and names what ends within the time of --fail-within, its last day included", async () => {
    const { code, stderr, stdout } = await project.run(["lifecycle", "--fail-within", "90d"], { now: daysBefore(90) });
    expect(code).toBe(1);
    expect(stdout).toContain(standardUntil);
    expect(stderr).toBe(
      `foundry: support ends within 90 days: Kubernetes on EKS 1.35 of dev on ${standardUntil}. ` +
        "Plan the change to what follows.\n",
    );
  });

  it("counts what ended before, unless the environment acknowledges it", async () => {
    const past = { now: new Date(Date.parse(standardUntil) + 86_400_000) };
    expect((await project.run(["lifecycle", "--fail-within", "1d"], past)).code).toBe(1);
    const seeds = new TestProject([
      {
        ...minimal("dev"),
        controllers: { awsLoadBalancerController: {}, nginx: { kind: "community" } },
        acknowledgeEndOfLife: { ingressNginx: "2026-03" },
      },
    ]);
    expect((await seeds.run(["lifecycle", "--fail-within", "1d"])).code).toBe(0);
  });

  it("ends with 0 where nothing ends within that time", async () => {
    expect((await project.run(["lifecycle", "--fail-within", "90d"], { now: daysBefore(91) })).code).toBe(0);
  });

  it("counts a week as seven days", async () => {
    expect((await project.run(["lifecycle", "--fail-within", "2w"], { now: daysBefore(14) })).code).toBe(1);
    expect((await project.run(["lifecycle", "--fail-within", "2w"], { now: daysBefore(15) })).code).toBe(0);
  });
});
