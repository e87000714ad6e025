import { describe, expect, it } from "vitest";
import { oldVersionsEnd, withOldVersionsEnding } from "../../commands/init/state/lifecycle";
import { asksForTls, withTls } from "../../commands/init/state/policy";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const arn = "arn:aws:s3:::example-state";
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const deny = {
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["s3:*"],
  Resource: [`${arn}/*`, arn],
  Condition: { Bool: { "aws:SecureTransport": ["false"] } },
};
const allow = { Sid: "Team", Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:GetObject" };

describe("the policy of a bucket of states", () => {
  it("asks for TLS once it is made to, whether it was there before or not", () => {
    for (const before of [undefined, policy(allow)]) {
      expect(asksForTls(before, arn)).toBe(false);
      expect(asksForTls(withTls(before, arn), arn)).toBe(true);
    }
  });

  it("keeps what it says already, and says nothing twice", () => {
    const once = withTls(policy(allow), arn);
    expect(JSON.parse(once).Statement).toEqual([allow, expect.objectContaining({ Sid: "DenyWithoutTls" })]);
    expect(withTls(once, arn)).toBe(once);
    expect(JSON.parse(withTls(JSON.stringify({ Id: "team", Statement: allow }), arn))).toMatchObject({
      Id: "team",
      Statement: [allow, {}],
    });
  });

  it.each([
    ["in other words", deny, true],
    ["for everything and more", { ...deny, Action: "*" }, true],
    ["for objects alone", { ...deny, Resource: `${arn}/*` }, false],
    ["for one action", { ...deny, Action: "s3:GetObject" }, false],
    ["for one principal", { ...deny, Principal: { AWS: "arn:aws:iam::1:root" } }, false],
    ["for some callers", { ...deny, Condition: { ...deny.Condition, Null: { "aws:SourceVpc": "true" } } }, false],
    [
      "for one condition more",
      { ...deny, Condition: { Bool: { ...deny.Condition.Bool, "aws:ViaAWSService": "false" } } },
      false,
    ],
    ["the other way round", { ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } }, false],
    ["as an allowance", { ...deny, Effect: "Allow" }, false],
  ])("asks for TLS %s: %#", (_how, statement, asks) => {
    expect(asksForTls(policy(allow, statement), arn)).toBe(asks);
  });
});

describe("the lifecycle of a bucket of states", () => {
  const theirs = {
    ID: "team",
    Status: "Enabled",
    Filter: {},
    NoncurrentVersionExpiration: { NoncurrentDays: 400 },
  } as const;

  it.each([
    ["no rule", [], false],
    ["a rule of the owner's for all of it", [theirs], true],
    ["one that is switched off", [{ ...theirs, Status: "Disabled" as const }], false],
    ["one for a prefix", [{ ...theirs, Filter: { Prefix: "logs/" } }], false],
    ["one for other things", [{ ID: "team", Status: "Enabled" as const, Filter: {} }], false],
  ])("ends old versions with %s: %#", (_which, rules, ends) => {
    expect(oldVersionsEnd(rules)).toBe(ends);
    expect(oldVersionsEnd(withOldVersionsEnding(rules))).toBe(true);
  });

  it("keeps the rules of others and the newest old versions, and has our own rule once", () => {
    const rules = withOldVersionsEnding(withOldVersionsEnding([{ ...theirs, Status: "Disabled" }]));
    expect(rules.map(({ ID }) => ID)).toEqual(["team", "old-versions-of-states"]);
    expect(rules[1]?.NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 90, NewerNoncurrentVersions: 20 });
  });
});

describe("foundry init state", () => {
  const project = new TestProject([
    minimal("dev"),
    { ...minimal("prod"), state: { kind: "s3", bucket: "example-state" } },
  ]);

  it("refuses an environment that keeps its states elsewhere, with what to write", async () => {
    const { code, stderr } = await project.run(["init", "state", "dev"]);
    expect(code).toBe(1);
    expect(stderr).toContain('environments/dev.ts keeps its states as "local", which needs no bucket');
    expect(stderr).toContain('write state: { kind: "s3", bucket: "..." } there');
  });

  it("refuses to begin where nobody can be asked", async () => {
    const { code, stderr } = await project.run(["init", "state", "prod"]);
    expect(code).toBe(1);
    expect(stderr).toContain("add --yes, or --plan to look only");
  });

  it("knows environments by name, and has a help of its own", async () => {
    expect(await project.run(["init", "state", "prdo"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean prod?"),
    });
    const { code, stdout } = await project.run(["init", "state", "--help"]);
    expect({ code, plan: stdout.includes("--plan") }).toEqual({ code: 0, plan: true });
  });
});
