import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { waiversOf } from "../../../commands/review/policies/waivers";
import { reviewOf } from "../../../commands/review/review";
import { exitCodeOf } from "../../../commands/review/says";
import type { EnvironmentJson } from "../../../commands/terraform-json/environment-json";
import { readEnvironments } from "../../../commands/terraform-json/read-stacks";
import { synthStacks, today } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { TestProject } from "../test-project";

const reason = "Logs hold nothing of callers, says the data protection officer.";
const waiver = { reason, until: "2027-06-30" };
const waivers = (more: object = {}) => ({ "logs-customer-key": { ...waiver, ...more } });
const bare = { name: "minimal", stacks: synthStacks(minimal()) };
const waived = {
  name: "minimal",
  stacks: { ...bare.stacks, cluster: { ...bare.stacks.cluster, "//": { waivers: waivers() } } },
};

async function review(before: EnvironmentJson, after: EnvironmentJson, day = today) {
  const made = await reviewOf([before], [after], { before: "a", after: "b", today: day });
  const [environment] = made.environments;
  if (environment === undefined) throw new Error("no environment was reviewed");
  return { ...environment, exitCode: exitCodeOf(made) };
}

describe("a waiver in a review", () => {
  it("that is new is for a second look, and changes no resource", async () => {
    const { changes, settings, attention, exitCode } = await review(bare, waived);
    expect({ changes, settings, exitCode }).toEqual({ changes: [], settings: [], exitCode: 2 });
    expect(attention).toEqual([
      {
        concern: "waiver",
        environment: "minimal",
        says: `logs-customer-key is waived until 2027-06-30: ${reason}`,
      },
    ]);
  });

  it("that stands is listed with what it lets pass, and asks for nobody", async () => {
    const { waivers: listed, exitCode } = await review(waived, waived);
    expect(exitCode).toBe(0);
    expect(listed).toEqual([
      { policy: "logs-customer-key", resources: ["*"], ...waiver, action: "none", ended: false, waives: 2 },
    ]);
  });

  it("that ended lets nothing pass, and is for a second look", async () => {
    const { waivers: listed, attention, exitCode } = await review(waived, waived, "2027-07-01");
    expect(exitCode).toBe(2);
    expect(listed).toMatchObject([{ ended: true, waives: 0 }]);
    expect(attention.map(({ concern, says }) => `${concern}: ${says}`)).toEqual([
      "waiver: the waiver of logs-customer-key ended on 2027-06-30; keep the policy and take the waiver out, or renew it",
    ]);
  });

  it("that is gone is a change", async () => {
    const { waivers: listed, exitCode } = await review(waived, bare);
    expect(exitCode).toBe(1);
    expect(listed).toMatchObject([{ action: "remove", waives: 0 }]);
  });

  it("lets a change break its policy without a second look", async () => {
    const stacks = JSON.parse(JSON.stringify(waived.stacks));
    stacks.cluster.resource.aws_cloudwatch_log_group.more = { name: "more", retention_in_days: 400 };
    const { policies, attention } = await review(waived, { name: "minimal", stacks });
    expect(policies.find(({ place }) => place.endsWith(".more"))).toEqual({
      policy: "logs-customer-key",
      place: "cluster: aws_cloudwatch_log_group.more",
      action: "broken",
      waivedUntil: "2027-06-30",
    });
    expect(attention).toEqual([]);
  });
});

describe("foundry synth", () => {
  it("warns of each policy that an environment breaks, with where and what to do", async () => {
    const { code, stderr } = await new TestProject([minimal("dev")]).run(["synth"]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "environments/dev.ts: logs-customer-key is broken at 2 places (cluster: aws_cloudwatch_log_group.cluster_logs, " +
        "cluster: aws_cloudwatch_log_group.network_flow_logs_group): Name a key for the log group.\n",
    );
  });

  it("says the same of what did not change", async () => {
    const project = new TestProject([minimal("dev")]);
    const { stderr } = await project.run(["synth"]);
    expect((await project.run(["synth"])).stderr).toBe(stderr);
  });

  it("writes waivers where a review of the stacks alone finds them", async () => {
    const project = new TestProject([{ ...minimal("dev"), waivers: waivers() }]);
    await project.run(["synth"]);
    const [environment] = readEnvironments(join(project.root, "cdktf.out"));
    expect(environment && waiversOf(environment)).toEqual({
      "logs-customer-key": { resources: ["*"], ...waiver },
    });
  });

  it("lists what is waived instead, and a waiver that waives nothing", async () => {
    const given = { ...minimal("dev"), waivers: { ...waivers(), "images-immutable": waiver } };
    const { code, stderr } = await new TestProject([given]).run(["synth"]);
    expect(code).toBe(0);
    expect(stderr).not.toContain("logs-customer-key is broken");
    expect(stderr).toContain(
      "environments/dev.ts: logs-customer-key is waived until 2027-06-30 at 2 places (cluster: aws_cloudwatch_log_group.cluster_logs, " +
        `cluster: aws_cloudwatch_log_group.network_flow_logs_group): ${reason}\n`,
    );
    expect(stderr).toContain('environments/dev.ts: waivers["images-immutable"] waives nothing; take it out\n');
  });

  it("writes nothing where a waiver has ended", async () => {
    const given = { ...minimal("dev"), waivers: waivers({ until: "2026-11-20" }) };
    const { code, stdout, stderr } = await new TestProject([given]).run(["synth"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain('environments/dev.ts: waivers["logs-customer-key"].until');
  });
});
