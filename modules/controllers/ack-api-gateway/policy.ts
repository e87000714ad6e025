import { type PolicyDocument, policyDocument } from "../../identity/policy";
import type { IdentityContext } from "../controller";

/** Resources of API Gateway that hold HTTP APIs and what belongs to them; those of REST APIs are not among them. */
const paths = ["/apis", "/apis/*", "/vpclinks", "/vpclinks/*", "/domainnames", "/domainnames/*", "/tags/*"];

/**
 * What the controller does in AWS: everything with HTTP APIs of its region, and nothing with REST APIs. API Gateway's
 * permissions are HTTP methods on paths, and ids are not known before, so that this is as narrow as they go.
 * Source: Service Authorization Reference, "Amazon API Gateway Management V2"; API Gateway developer guide, "Using
 * service-linked roles"; CloudWatch Logs user guide, "Enable logging from AWS services".
 */
export function ackApiGatewayPolicy({
  partition,
  region,
  accountId,
}: Pick<IdentityContext, "partition" | "region" | "accountId">): PolicyDocument {
  return policyDocument(
    {
      Sid: "HttpApis",
      Effect: "Allow",
      Action: ["apigateway:GET", "apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE"],
      Resource: paths.map((path) => `arn:${partition}:apigateway:${region}::${path}`),
    },
    {
      Sid: "VpcLinks",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:${partition}:iam::${accountId}:role/aws-service-role/ops.apigateway.amazonaws.com/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" } },
    },
    {
      Sid: "AccessLogs",
      Effect: "Allow",
      Action: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
      // IAM knows no narrower resource for deliveries and resource policies.
      Resource: "*",
    },
  );
}
