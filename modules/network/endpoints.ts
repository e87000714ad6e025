import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../aws/schema";
import { type InterfaceEndpointService, type NetworkOptions, privateClusterEndpoints } from "./schema";

type Prefix = "com.amazonaws" | "cn.com.amazonaws";

/** In China a service has one prefix or the other. Source: `aws ec2 describe-vpc-endpoint-services` there. */
const prefixesInChina: Readonly<Record<InterfaceEndpointService, Prefix>> = {
  autoscaling: "cn.com.amazonaws",
  ec2: "cn.com.amazonaws",
  "ecr.api": "cn.com.amazonaws",
  "ecr.dkr": "cn.com.amazonaws",
  eks: "cn.com.amazonaws",
  "eks-auth": "cn.com.amazonaws",
  elasticloadbalancing: "com.amazonaws",
  "execute-api": "cn.com.amazonaws",
  kms: "com.amazonaws",
  logs: "com.amazonaws",
  secretsmanager: "com.amazonaws",
  ssm: "com.amazonaws",
  ssmmessages: "com.amazonaws",
  sts: "cn.com.amazonaws",
};

/** Name under which AWS offers a service's interface endpoint in a region. */
export function interfaceEndpointServiceName(service: InterfaceEndpointService, region: string): string {
  const prefix = partitionOf(region) === "aws-cn" ? prefixesInChina[service] : "com.amazonaws";
  return `${prefix}.${region}.${service}`;
}

/** Name under which AWS offers S3's gateway endpoint in a region; the same everywhere. */
export function s3GatewayServiceName(region: string): string {
  return `com.amazonaws.${region}.s3`;
}

/** The services that an environment's choice stands for. */
export function chosenServices(
  choice: Extract<NetworkOptions, { kind: "create" }>["interfaceEndpoints"],
): readonly InterfaceEndpointService[] {
  switch (choice) {
    case "none":
      return [];
    case "private-cluster":
      return privateClusterEndpoints;
    default:
      return choice;
  }
}

export interface InterfaceEndpointsProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly region: string;
  readonly vpcId: string;
  /** Network whose addresses may use the endpoints. */
  readonly vpcCidr: string;
  /** One subnet a zone; every endpoint has an address in each. */
  readonly subnetIds: readonly string[];
  readonly services: readonly InterfaceEndpointService[];
}

/** Private ways to AWS services, under the services' own names, for the VPC alone and over HTTPS alone. */
export class InterfaceEndpoints extends Construct {
  readonly endpoints: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const name = `${props.environmentName}-vpc-endpoints`;
    const group = new SecurityGroup(this, "Resource", {
      name,
      description: "HTTPS from the VPC to its interface endpoints",
      vpcId: props.vpcId,
      tags: { Name: name },
    });
    const https = new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: props.vpcCidr,
    });
    this.endpoints = props.services.map(
      (service) =>
        new VpcEndpoint(this, service, {
          vpcId: props.vpcId,
          vpcEndpointType: "Interface",
          serviceName: interfaceEndpointServiceName(service, props.region),
          privateDnsEnabled: true,
          subnetIds: [...props.subnetIds],
          securityGroupIds: [group.id],
          tags: { Name: `${props.environmentName}-${service}` },
          // Its private DNS name takes over at once, and would lead to a closed door.
          dependsOn: [https],
        }),
    );
  }
}
