import { describe, expect, test } from "vitest";
import { resource, type TerraformJson } from "../../support/synth";
import { synthNetwork } from "./synth-network";

const flowLogs = synthNetwork({ kind: "create" });

function policy(json: TerraformJson, type: string, name: string, argument: string): unknown {
  return JSON.parse(String(resource(json, type, name)[argument]));
}

describe("flow logs", () => {
  test("are on by default, of all traffic, into a log group that is kept 90 days", () => {
    expect(resource(flowLogs, "aws_cloudwatch_log_group", "network_flow_logs_group")).toEqual({
      name: "/aws/vpc/dev-vpc-flow-logs",
      retention_in_days: 90,
    });
    expect(resource(flowLogs, "aws_flow_log", "network_flow_logs")).toEqual({
      vpc_id: "${aws_vpc.network.id}",
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: "${aws_cloudwatch_log_group.network_flow_logs_group.arn}",
      iam_role_arn: "${aws_iam_role.network_flow_logs_role.arn}",
      tags: { Name: "dev-vpc-flow-logs" },
      depends_on: ["aws_iam_role_policy.network_flow_logs_policy"],
    });
  });

  test("take retention and traffic from the environment", () => {
    const json = synthNetwork({ kind: "create", flowLogs: { kind: "on", retentionDays: 365, traffic: "REJECT" } });
    expect(resource(json, "aws_cloudwatch_log_group", "network_flow_logs_group")["retention_in_days"]).toBe(365);
    expect(resource(json, "aws_flow_log", "network_flow_logs")["traffic_type"]).toBe("REJECT");
  });

  test("are absent with role and log group when switched off", () => {
    const json = synthNetwork({ kind: "create", flowLogs: { kind: "off", reason: "the landing zone records them" } });
    for (const type of ["aws_flow_log", "aws_cloudwatch_log_group", "aws_iam_role", "aws_iam_role_policy"]) {
      expect(json.resource[type], type).toBeUndefined();
    }
  });

  test("write as a role that only flow logs of this account and region can assume", () => {
    expect(policy(flowLogs, "aws_iam_role", "network_flow_logs_role", "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-west-2:123456789012:vpc-flow-log/*" },
          },
        },
      ],
    });
  });

  test("name their source in the partition of the region", () => {
    const json = synthNetwork({ kind: "create" }, "cn-north-1");
    expect(resource(json, "aws_iam_role", "network_flow_logs_role")["assume_role_policy"]).toContain(
      '"arn:aws-cn:ec2:cn-north-1:123456789012:vpc-flow-log/*"',
    );
  });

  test("may write to their own log group alone, and cannot bring it back after its end", () => {
    const group = "${aws_cloudwatch_log_group.network_flow_logs_group.arn}";
    expect(policy(flowLogs, "aws_iam_role_policy", "network_flow_logs_policy", "policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [group, `${group}:*`],
        },
      ],
    });
  });
});
