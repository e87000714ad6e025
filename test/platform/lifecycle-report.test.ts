import { describe, expect, it } from "vitest";
import { components } from "../../modules/lifecycle/components";
import { kubernetesVersions } from "../../modules/lifecycle/kubernetes-versions";
import type { EnvironmentInput } from "../../platform/environment";
import { discontinuedRows, type LifecycleRow, lifecycleRows } from "../../platform/lifecycle-report";
import { checked, environmentFiles, today } from "../support/environments";
import { minimal } from "../support/minimal";

const rows = (input: EnvironmentInput, day = today) => lifecycleRows(checked(input), day);

function row(input: EnvironmentInput, title: string, day = today): LifecycleRow {
  const found = rows(input, day).find(({ component }) => component === title);
  if (found === undefined) throw new Error(`no row for ${title}`);
  return found;
}

const nginx: EnvironmentInput = {
  ...minimal(),
  controllers: { awsLoadBalancerController: {}, nginx: { kind: "community" } },
  acknowledgeEndOfLife: { ingressNginx: "2026-03" },
};

const { title: nginxTitle, successor } = components.ingressNginx;
const { standardUntil, extendedUntil } = kubernetesVersions["1.35"];
const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);

describe("the report of an environment", () => {
  it("has a row for Kubernetes, and one for each chart in the order of installation", () => {
    expect(rows(environmentFiles.prod).map(({ component }) => component)).toEqual([
      "Kubernetes on EKS",
      components.certManager.title,
      components.awsLoadBalancerController.title,
      components.emissaryCrds.title,
      components.emissary.title,
    ]);
  });

  it("says of a component that lives until when it is supported, and nothing to change", () => {
    expect(row(environmentFiles.prod, components.emissary.title)).toEqual({
      component: components.emissary.title,
      version: components.emissary.version,
      state: "current",
      end: components.emissary.support.until,
      instead: "",
      acknowledged: false,
    });
  });

  it("counts a component as ended from the day after its last", () => {
    const { title, support } = components.emissary;
    expect(row(environmentFiles.prod, title, support.until).state).toBe("current");
    expect(row(environmentFiles.prod, title, dayAfter(support.until)).state).toBe("ended");
  });

  it("says of a component that has ended what to choose instead, and whether the environment keeps it knowingly", () => {
    expect(row(nginx, nginxTitle)).toMatchObject({
      state: "ended",
      end: "2026-03",
      instead: successor,
      acknowledged: true,
    });
  });
});

describe("the row of Kubernetes", () => {
  const standard = { ...minimal(), cluster: { ...minimal().cluster, version: "1.35" as const } };
  const extended: EnvironmentInput = { ...standard, cluster: { ...standard.cluster, supportType: "EXTENDED" } };
  const kubernetes = (input: EnvironmentInput, day: string) => row(input, "Kubernetes on EKS", day);

  it("is under standard support to its last day, whatever comes after", () => {
    for (const input of [standard, extended]) {
      expect(kubernetes(input, standardUntil)).toMatchObject({
        state: "standard support",
        end: standardUntil,
        instead: "",
      });
    }
  });

  it("has ended after that day where the cluster takes no extended support", () => {
    expect(kubernetes(standard, dayAfter(standardUntil))).toMatchObject({
      state: "ended",
      end: standardUntil,
      instead: "the next minor, one at a time",
    });
  });

  it("is under extended support to its own last day where the cluster takes it", () => {
    expect(kubernetes(extended, dayAfter(standardUntil))).toMatchObject({
      state: "extended support",
      end: extendedUntil,
    });
    expect(kubernetes(extended, extendedUntil).state).toBe("extended support");
    expect(kubernetes(extended, dayAfter(extendedUntil)).state).toBe("ended");
  });

  it("is acknowledged by taking extended support before standard support ends", () => {
    expect(kubernetes(extended, standardUntil).acknowledged).toBe(true);
    expect(kubernetes(standard, standardUntil).acknowledged).toBe(false);
  });
});

describe("what the project itself stands on", () => {
  it("is ending before its day and has ended on it, with what takes its place", () => {
    const [cdktf] = discontinuedRows("2025-12-09");
    expect(cdktf).toMatchObject({ component: "CDK for Terraform", state: "ending", end: "2025-12-10" });
    expect(discontinuedRows("2025-12-10")[0]).toMatchObject({
      state: "ended",
      instead: "the synthesized JSON works without it; the fork cdktn keeps its API",
    });
  });
});
