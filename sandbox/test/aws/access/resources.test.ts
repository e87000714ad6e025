import { describe, expect, it } from "vitest";
import { iamAction } from "../../../src/aws/access/iam-action";
import { resourcesOf } from "../../../src/aws/access/resources";
import type { RequestModel } from "../../../src/aws/model/request-model";

const place = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };

function resources(service: string, operation: string, parameters: RequestModel["parameters"], path = "/") {
  const request: RequestModel = { service, operation, parameters, protocol: "query", code: "", violations: [] };
  return resourcesOf({ path }, request, place);
}

const balancing = (resource: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${resource}`;
const ec2 = (resource: string) => `arn:aws:ec2:eu-west-1:123456789012:${resource}`;

describe("what a call is about", () => {
  it.each<[string, ReturnType<typeof resources>, ReturnType<typeof resources>]>([
    [
      "a description, nothing",
      resources("ec2", "DescribeVpcs", { VpcIds: ["vpc-0123456789abcdef0"] }),
      { arns: ["*"] },
    ],
    [
      "tags, the resources that are tagged",
      resources("ec2", "CreateTags", { Resources: ["sg-0123456789abcdef0"], Tags: [{ Key: "a" }] }),
      { arns: [ec2("security-group/sg-0123456789abcdef0")] },
    ],
    [
      "a security group, the VPC and the group that is made",
      resources("ec2", "CreateSecurityGroup", { GroupName: "doors", VpcId: "vpc-0123456789abcdef0" }),
      { arns: [ec2("vpc/vpc-0123456789abcdef0"), ec2("security-group/*")], made: ec2("security-group/*") },
    ],
    [
      "an Elastic IP, in the word that IAM has for it",
      resources("ec2", "AllocateAddress", { Domain: "vpc" }),
      { arns: [ec2("elastic-ip/*")], made: ec2("elastic-ip/*") },
    ],
    [
      "a load balancer, the one that is made, of its type",
      resources("elbv2", "CreateLoadBalancer", { Name: "doors", Type: "network" }),
      { arns: [balancing("loadbalancer/net/doors/*")], made: balancing("loadbalancer/net/doors/*") },
    ],
    [
      "a listener, its load balancer, and what is made below it",
      resources("elbv2", "CreateListener", { LoadBalancerArn: balancing("loadbalancer/app/doors/1") }),
      { arns: [balancing("loadbalancer/app/doors/1")], made: balancing("listener/app/doors/1/*") },
    ],
    [
      "records, their zone",
      resources("route53", "ChangeResourceRecordSets", { HostedZoneId: "/hostedzone/Z1" }),
      { arns: ["arn:aws:route53:::hostedzone/Z1"] },
    ],
    [
      "a service-linked role, the role of that service",
      resources("iam", "CreateServiceLinkedRole", { AWSServiceName: "elasticloadbalancing.amazonaws.com" }),
      { arns: ["arn:aws:iam::123456789012:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"] },
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it("is not guessed where the sandbox does not know it", () => {
    expect(resources("sqs", "SendMessage", { QueueUrl: "http://queue" })).toEqual({ arns: undefined });
  });
});

describe("the action that an operation needs", () => {
  it.each([
    ["elbv2", "CreateLoadBalancer", "elasticloadbalancing:CreateLoadBalancer"],
    ["ec2", "CreateTags", "ec2:CreateTags"],
    ["s3", "HeadBucket", "s3:ListBucket"],
    ["s3", "GetBucketCors", "s3:GetBucketCORS"],
    ["s3", "DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls"],
    ["apigatewayv2", "CreateApi", "apigateway:POST"],
  ])("%s %s", (service, operation, action) => {
    expect(iamAction({ service, operation }, "POST")).toBe(action);
  });
});
