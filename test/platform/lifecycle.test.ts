import { describe, expect, it } from "vitest";
import { type Component, components } from "../../modules/lifecycle/components";
import { kubernetesVersions } from "../../modules/lifecycle/kubernetes-versions";
import { EnvironmentError, formatProblem, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../../platform/environment";
import { checkEnvironments } from "../../platform/load";
import {
  componentsMaintained,
  endsSoon,
  keptPastEnd,
  type LifecycleTable,
  unacknowledgedEnds,
  unclaimedVersions,
  unsupportedKubernetes,
} from "../../platform/rules/lifecycle";
import { environmentFiles } from "../support/environments";
import { cluster, dev, environment } from "./fixtures";

function parsed(value: unknown): Environment {
  const files = [{ file: "environments/dev.ts", name: "dev", value }];
  const [only] = checkEnvironments(files, "2026-11-21").environments;
  if (only === undefined) throw new Error("no environment came back");
  return only;
}

/** The real table, as it would be had it been made on another day. */
const madeOn = (checkedOn: string): LifecycleTable => ({ checkedOn, components, kubernetesVersions });
const text = (problems: readonly Problem[]) => problems.map((problem) => formatProblem("environments/dev.ts", problem));

/** The real table with one row of the load balancer controller's changed. */
function withController(changes: Partial<Component>): LifecycleTable {
  const row: Component = { ...components.awsLoadBalancerController, ...changes };
  return { ...madeOn("2026-11-21"), components: { ...components, awsLoadBalancerController: row } };
}

describe("Kubernetes versions", () => {
  const standard = parsed(cluster({ version: "1.35" }));
  const extended = parsed(cluster({ version: "1.31", supportType: "EXTENDED" }));

  it("a version is taken to the last day of standard support", () => {
    expect(unsupportedKubernetes(standard, madeOn("2027-03-27"))).toEqual([]);
  });

  it("a version past its standard support is refused under STANDARD", () => {
    expect(text(unsupportedKubernetes(standard, madeOn("2027-03-28")))).toEqual([
      [
        "environments/dev.ts: cluster.version",
        '  is:   "1.35"',
        "  why:  Its standard support ended on 2027-03-27, and under STANDARD EKS makes no such cluster and upgrades those there are.",
        '  do:   Write `version: "1.36"`, or `supportType: "EXTENDED"`, which costs more an hour and lasts until 2028-03-27.',
      ].join("\n"),
    ]);
  });

  it("a version is taken to the last day of extended support under EXTENDED", () => {
    expect(unsupportedKubernetes(extended, madeOn("2026-11-26"))).toEqual([]);
  });

  it("a version past its extended support is refused in any case", () => {
    expect(text(unsupportedKubernetes(extended, madeOn("2026-11-27")))).toEqual([
      [
        "environments/dev.ts: cluster.version",
        '  is:   "1.31"',
        "  why:  Its extended support ended on 2026-11-26: EKS makes no such cluster and upgrades those there are.",
        '  do:   Write `version: "1.35"`; a cluster goes up one minor at a time.',
      ].join("\n"),
    ]);
  });

  it("the last 90 days of a version are worth a warning", () => {
    const sentence =
      "Kubernetes 1.35 leaves standard support on 2027-03-27, and EKS then upgrades the cluster by itself";
    expect(endsSoon(standard, "2026-12-26")).toEqual([]);
    expect(endsSoon(standard, "2026-12-27")).toEqual([sentence]);
    expect(endsSoon(standard, "2027-03-27")).toEqual([sentence]);
    expect(endsSoon(extended, "2026-11-21")).toEqual([
      "Kubernetes 1.31 leaves extended support on 2026-11-26, and EKS then upgrades the cluster by itself",
    ]);
  });

  it("warnings name the file", () => {
    const files = [{ file: "environments/dev.ts", name: "dev", value: dev }];
    expect(checkEnvironments(files, "2027-01-01").warnings).toEqual([
      {
        file: "environments/dev.ts",
        message: "Kubernetes 1.35 leaves standard support on 2027-03-27, and EKS then upgrades the cluster by itself",
      },
    ]);
  });
});

describe("versions of components", () => {
  it.each([
    ["1.35", "1.35"],
    ["1.31", "1.35"],
    ["1.35", "1.36"],
  ])("a component for %s to %s takes 1.35", (kubernetesFrom, kubernetesUpTo) => {
    expect(unclaimedVersions(parsed(dev), withController({ kubernetesFrom, kubernetesUpTo }))).toEqual([]);
  });

  it("a version above what a component claims is refused, with the best that all claim", () => {
    const table = withController({ kubernetesFrom: "1.31", kubernetesUpTo: "1.34" });
    expect(text(unclaimedVersions(parsed(dev), table))).toEqual([
      [
        "environments/dev.ts: cluster.version",
        '  is:   "1.35"',
        "  why:  AWS Load Balancer Controller 3.5.0, which `controllers.awsLoadBalancerController` installs, is for Kubernetes from 1.31 up to 1.34.",
        '  do:   Write `version: "1.34"`, or take `controllers.awsLoadBalancerController` out.',
      ].join("\n"),
    ]);
  });

  it("a version below what a component claims is refused", () => {
    const table = withController({ kubernetesFrom: "1.36" });
    expect(text(unclaimedVersions(parsed(dev), table))).toEqual([
      [
        "environments/dev.ts: cluster.version",
        '  is:   "1.35"',
        "  why:  AWS Load Balancer Controller 3.5.0, which `controllers.awsLoadBalancerController` installs, is for Kubernetes from 1.36.",
        '  do:   Write `version: "1.36"`, or take `controllers.awsLoadBalancerController` out.',
      ].join("\n"),
    ]);
  });
});

describe("ends of components", () => {
  const emissary = parsed(environment({ controllers: { awsLoadBalancerController: {}, emissary: {} } }));

  it("a component past its end is refused, with its successor and the line that keeps it", () => {
    const table = withController({
      support: { kind: "ended", since: "2026-03" },
      successor: "the one by another team",
    });
    expect(text(unacknowledgedEnds(parsed(dev), table))).toEqual([
      [
        "environments/dev.ts: controllers.awsLoadBalancerController",
        '  is:   "AWS Load Balancer Controller 3.5.0"',
        "  why:  It reached its end on 2026-03 and is no longer maintained.",
        '  do:   Choose the one by another team; to keep it with open eyes, add `acknowledgeEndOfLife: { awsLoadBalancerController: "2026-03" }` to the environment.',
      ].join("\n"),
    ]);
  });

  it("an end that nobody uses is nobody's problem", () => {
    const ended: Component = { ...components.externalDns, support: { kind: "ended", since: "2026-01-01" } };
    const table = { ...madeOn("2026-11-21"), components: { ...components, externalDns: ended } };
    expect(unacknowledgedEnds(parsed(dev), table)).toEqual([]);
  });

  it("a component is taken to its last day and refused from the next", () => {
    expect(unacknowledgedEnds(emissary, madeOn("2027-01-13"))).toEqual([]);
    expect(unacknowledgedEnds(emissary, madeOn("2027-01-14")).map(({ path, rule }) => `${path}: ${rule}`)).toEqual([
      "controllers.emissary: it reached its end on 2027-01-13 and is no longer maintained",
    ]);
  });

  it("an end that is acknowledged by its date is let pass, by another date it is not", () => {
    const acknowledging = (date: string): Environment => ({ ...emissary, acknowledgeEndOfLife: { emissary: date } });
    expect(unacknowledgedEnds(acknowledging("2027-01-13"), madeOn("2027-06-01"))).toEqual([]);
    expect(unacknowledgedEnds(acknowledging("2026-01-13"), madeOn("2027-06-01"))).toHaveLength(1);
  });

  it("the last 90 days of a component are worth a warning", () => {
    expect(endsSoon(emissary, "2026-10-14")).toEqual([]);
    expect(endsSoon(emissary, "2026-10-15")).toEqual(["Emissary-ingress 4.1.0 is supported until 2027-01-13"]);
  });

  it("an end that came after the table was made warns, acknowledged or not, and refuses nothing", () => {
    expect(componentsMaintained(emissary, { name: "dev" })).toEqual([]);
    const kubernetes =
      "Kubernetes 1.35 leaves standard support on 2027-03-27, and EKS then upgrades the cluster by itself";
    expect(endsSoon(emissary, "2027-01-14")).toEqual([
      kubernetes,
      "Emissary-ingress 4.1.0 reached its end on 2027-01-13 and is no longer maintained; plan what follows it",
    ]);
    const acknowledging: Environment = { ...emissary, acknowledgeEndOfLife: { emissary: "2027-01-13" } };
    expect(endsSoon(acknowledging, "2027-01-14")).toEqual([kubernetes]);
    expect(keptPastEnd(acknowledging, "2027-01-14")).toEqual([
      "Emissary-ingress 4.1.0 reached its end on 2027-01-13 and is kept",
    ]);
  });

  it("a Kubernetes version that left its support since the table was made warns and is taken", () => {
    expect(endsSoon(parsed(cluster({ version: "1.35" })), "2027-03-28")).toEqual([
      "Kubernetes 1.35 left standard support on 2027-03-27: EKS makes no such cluster and upgrades those there are by itself; write the next minor",
    ]);
  });

  it("the rules are among those that every environment is held to", () => {
    const nginx = environment({ controllers: { awsLoadBalancerController: {}, nginx: { kind: "community" } } });
    const files = [{ file: "environments/dev.ts", name: "dev", value: nginx }];
    expect(() => checkEnvironments(files, "2026-01-01")).toThrow(EnvironmentError);
    expect(() => checkEnvironments(files, "2026-01-01")).toThrow("It reached its end on 2026-03");
  });
});

describe("the same environments on every day", () => {
  it.each(["2026-11-25", "2027-02-01", "2027-06-01", "2030-01-01"])(
    "are accepted on %s, with the same result",
    (day) => {
      for (const [name, value] of Object.entries(environmentFiles)) {
        const files = [{ file: `environments/${name}.ts`, name, value }];
        expect(checkEnvironments(files, day).environments).toEqual(checkEnvironments(files, "2026-11-25").environments);
      }
    },
  );
});
