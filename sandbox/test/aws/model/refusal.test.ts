import { describe, expect, it } from "vitest";
import { modelRefusal } from "../../../src/aws/model/refusal";
import type { RequestModel, Violation } from "../../../src/aws/model/request-model";

const violation: Violation = {
  path: "Tags[0].Key",
  kind: "length",
  value: "<&>",
  constraint: "Member must have length greater than or equal to 4",
};

function refused(model: Partial<RequestModel>) {
  const request: RequestModel = {
    service: "iam",
    operation: "CreateRole",
    protocol: "query",
    code: "ValidationError",
    parameters: {},
    violations: [violation],
    ...model,
  };
  const answer = modelRefusal(request);
  return answer && { status: answer.status, text: answer.body.toString("utf8"), headers: answer.headers };
}

describe("the answer to a request that breaks its model", () => {
  it("is none where it keeps to it", () => {
    expect(refused({ violations: [] })).toBeUndefined();
  });

  it("says where, which value, and what it must be, in text that XML can hold", () => {
    expect(refused({})?.text).toContain(
      "1 validation error detected: Value '&lt;&amp;&gt;' at 'tags[0].key' failed to satisfy constraint: Member must have " +
        "length greater than or equal to 4",
    );
  });

  it("has the error's code where each protocol's clients look for it", () => {
    const code = "InvalidInput";
    expect(refused({ protocol: "query", code })?.text).toContain("<Error><Type>Sender</Type><Code>InvalidInput</Code>");
    expect(refused({ protocol: "rest-xml", service: "s3", code })?.text).toContain(
      "?><Error><Code>InvalidInput</Code>",
    );
    expect(refused({ protocol: "rest-xml", service: "route53", code })?.text).toContain("<ErrorResponse>");
    expect(refused({ protocol: "rest-json", code })?.headers["x-amzn-errortype"]).toBe("InvalidInput");
    expect(refused({ protocol: "ec2", code })?.text).toContain("<Errors><Error><Code>InvalidParameterValue</Code>");
  });

  it("is EC2's own for a parameter that is missing", () => {
    const missing = { ...violation, kind: "required", path: "VpcId", value: null } as const;
    expect(refused({ protocol: "ec2", violations: [missing] })?.text).toContain(
      "<Code>MissingParameter</Code><Message>The request must contain the parameter VpcId</Message>",
    );
  });
});
