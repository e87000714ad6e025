import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Call } from "../../../src/aws/exchange";
import type { RequestModel } from "../../../src/aws/model/request-model";
import { Recording } from "../../../src/aws/recording/recording";
import { temporaryFolder } from "../../fixtures";

const ok = { status: 200, headers: {}, body: Buffer.from("") };

function call(model: Partial<RequestModel>, agent = "Terraform/1.11 foundry-stack/dev-cluster"): Call {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "user-agent": agent },
    body: Buffer.from(""),
    scope: { accessKeyId: "A", region: "eu-west-1", service: "ec2" },
    model: { service: "ec2", operation: "", protocol: "ec2", code: "", parameters: {}, violations: [], ...model },
  };
}

function recorder() {
  const file = join(temporaryFolder(), "calls.jsonl");
  const recorded = () =>
    existsSync(file)
      ? readFileSync(file, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  return { file, recording: new Recording(file, "123456789012"), recorded };
}

describe("a recording", () => {
  it("keeps each need of a stack's run once, across restarts", () => {
    const { file, recording, recorded } = recorder();
    const describing = call({ operation: "DescribeVpcs" });
    recording.add(describing, ok);
    recording.add(describing, ok);
    new Recording(file, "123456789012").add(describing, ok);
    expect(recorded()).toEqual([{ stack: "dev-cluster", action: "ec2:DescribeVpcs", resource: "*", parameters: {} }]);
  });

  it("has tagging at creation and the roles that are passed beside the action itself", () => {
    const { recording, recorded } = recorder();
    const role = "arn:aws:iam::123456789012:role/flow-logs";
    const tags = [{ Tags: [{ Key: "Name", Value: "dev" }] }];
    recording.add(call({ operation: "CreateVpc", parameters: { TagSpecifications: tags } }), ok);
    recording.add(call({ operation: "CreateFlowLogs", parameters: { DeliverLogsPermissionArn: role } }), ok);
    const needs = recorded().map(({ action, resource }) => `${action} ${resource}`);
    expect(needs).toContain("ec2:CreateTags arn:aws:ec2:eu-west-1:123456789012:vpc/*");
    expect(needs).toContain(`iam:PassRole ${role}`);
  });

  it("has what was looked for in vain, and nothing that was refused or that somebody else called", () => {
    const { recording, recorded } = recorder();
    recording.add(call({ operation: "DescribeSubnets" }), { ...ok, status: 404 });
    recording.add(call({ operation: "DescribeVpcs" }), { ...ok, status: 403 });
    recording.add(call({ operation: "DescribeTags" }, "aws-sdk-go-v2"), ok);
    recording.add({ ...call({}), model: undefined }, ok);
    expect(recorded().map(({ action }) => action)).toEqual(["ec2:DescribeSubnets"]);
  });

  it("leaves documents out of the parameters", () => {
    const { recording, recorded } = recorder();
    const parameters = { RoleName: "dev-nodes", PolicyDocument: "x".repeat(300) };
    recording.add(call({ service: "iam", operation: "PutRolePolicy", parameters }), ok);
    expect(recorded()[0].parameters).toEqual({ RoleName: "dev-nodes" });
  });
});
