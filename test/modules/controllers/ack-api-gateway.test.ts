import { describe, expect, it } from "vitest";
import { ackApiGatewayPolicy } from "../../../modules/controllers/ack-api-gateway/policy";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at, list } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { chartProblems } from "./chart-problems";

function release(rest: Partial<EnvironmentInput> = {}) {
  const controllers = { ...minimal().controllers, ackApiGateway: { replicas: 3 } };
  return releaseOf(synthStacks({ ...minimal(), controllers, ...rest }), "apigatewayv2-chart");
}

const { Statement: statements } = ackApiGatewayPolicy({
  partition: "aws-us-gov",
  region: "us-gov-west-1",
  accountId: "123456789012",
});

describe("ACK for API Gateway", () => {
  it("knows its region, which no pod can ask the metadata for", () => {
    expect(at(release().values, "aws")).toEqual({ region: "us-west-2" });
    expect(release().arguments).toMatchObject({ namespace: "ack-system", version: "1.4.1" });
  });

  it("has replicas that elect the one who works", () => {
    expect(at(release().values, "deployment", "replicas")).toBe(3);
    expect(at(release().values, "leaderElection")).toEqual({ enabled: true, namespace: "ack-system" });
  });

  it("deletes in AWS what is deleted in the cluster", () => {
    expect(release().values["deletionPolicy"]).toBe("delete");
  });

  it("works in its own account and namespace by namespace", () => {
    expect(release().values).toMatchObject({ enableCARM: false, enableCrossNamespace: false });
  });

  it("runs as the service account that has its role", () => {
    const { values } = release({ identity: { workloads: "irsa" } });
    expect(values["serviceAccount"]).toEqual({
      create: true,
      name: "ack-apigatewayv2-controller",
      annotations: {
        "eks.amazonaws.com/role-arn":
          "${data.terraform_remote_state.identity.outputs.controller_role_arns.ackApiGateway}",
      },
    });
  });

  it("may do nothing with REST APIs, nothing in another region, and call no API", () => {
    const resources = statements
      .filter(({ Action }) => list(Action).some((action) => action.startsWith("apigateway:")))
      .flatMap(({ Resource }) => list(Resource));
    expect(resources).toEqual(
      ["/apis", "/apis/*", "/vpclinks", "/vpclinks/*", "/domainnames", "/domainnames/*", "/tags/*"].map(
        (path) => `arn:aws-us-gov:apigateway:us-gov-west-1::${path}`,
      ),
    );
    expect(JSON.stringify(statements)).not.toContain("execute-api");
  });

  it("may make the one service-linked role that VPC links need", () => {
    expect(statements.find(({ Action }) => list(Action).includes("iam:CreateServiceLinkedRole"))).toMatchObject({
      Resource: "arn:aws-us-gov:iam::123456789012:role/aws-service-role/ops.apigateway.amazonaws.com/*",
      Condition: { StringEquals: { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" } },
    });
  });

  it("is allowed everything only for the delivery of logs, which knows nothing narrower", () => {
    const everywhere = statements.filter(({ Resource }) => list(Resource).includes("*"));
    expect(everywhere.flatMap(({ Action }) => list(Action)).filter((action) => !action.startsWith("logs:"))).toEqual(
      [],
    );
    expect(JSON.stringify(statements)).not.toMatch(/:\*"/);
  });

  it("gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release())).toEqual([]);
  });
});
