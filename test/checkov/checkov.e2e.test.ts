import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { environmentNames, stackNames, textOf } from "../support/environments";
import { startsPrograms } from "../support/programs";
import { checkovVersion, type Finding, pinnedCheckov, runCheckov } from "./checkov";
import { type CheckovWaiver, checkovWaivers } from "./waivers";

const version = checkovVersion();

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const matches = (pattern: string, resource: string) =>
  new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(resource);
const waives = (waiver: CheckovWaiver, { check, resource }: Finding) =>
  waiver.check === check && waiver.resources.some((pattern) => matches(pattern, resource));

describe("Checkov over the stacks of every environment", startsPrograms, () => {
  let findings: readonly Finding[] = [];
  let passed = 0;

  beforeAll(() => {
    if (version === undefined) return;
    const stacks = environmentNames.flatMap((name) =>
      stackNames.map((stack) => [`${name}-${stack}`, textOf(name)[stack]] as const),
    );
    ({ findings, passed } = runCheckov(new Map(stacks)));
  }, startsPrograms.timeout);

  beforeEach((context) => {
    if (version === undefined)
      context.skip("not run: no checkov is on the PATH; pip install -r test/checkov/requirements.txt");
  });

  it("is the one that the project is held to", () => {
    expect(version).toBe(pinnedCheckov());
  });

  it("finds nothing that is not waived with a reason", () => {
    expect(passed).toBeGreaterThan(900);
    const open = findings.filter((finding) => !checkovWaivers.some((waiver) => waives(waiver, finding)));
    expect(open.map(({ check, name, resource }) => `${check} ${resource}: ${name}`)).toEqual([]);
  });

  it("has no waiver, and no pattern of one, that waives nothing", () => {
    const idle = checkovWaivers.flatMap(({ check, resources, reason }) =>
      resources
        .filter((pattern) => !findings.some((finding) => waives({ check, resources: [pattern], reason }, finding)))
        .map((pattern) => `${check} ${pattern}`),
    );
    expect(idle).toEqual([]);
  });
});
