import type { IsoDate } from "../schema/iso-date";

/** Something without a chart that ended, and what to use in its place. */
export interface Discontinued {
  readonly title: string;
  readonly version: string;
  readonly since: IsoDate;
  readonly successor: string;
  readonly source: string;
}

/** What this project is built on or replaces, and is no longer maintained. */
export const discontinued = {
  cdktf: {
    title: "CDK for Terraform",
    version: "0.21.0",
    since: "2025-12-10",
    successor: "the synthesized JSON works without it; the fork cdktn keeps its API",
    source: "https://github.com/hashicorp/terraform-cdk",
  },
  apiGatewayIngressController: {
    title: "Amazon API Gateway Ingress Controller",
    version: "master of 2019-10-08",
    since: "2019-10-08",
    successor: 'routes of kind "api-gateway", or controllers.ackApiGateway',
    source: "https://github.com/awslabs/amazon-apigateway-ingress-controller",
  },
} as const satisfies Readonly<Record<string, Discontinued>>;
