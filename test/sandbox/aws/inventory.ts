import { z } from "zod";
import { items } from "./ec2/client";
import type { MotoClient } from "./moto-client";
import type { Store } from "./store";
import { elementText, elementTexts } from "./xml";

/** Something that exists in the sandbox's account. */
export interface AwsResource {
  /** The signing name of its service. */
  readonly service: string;
  /** What it is, in the words of the operation that lists it. */
  readonly type: string;
  readonly id: string;
}

/** Where a region's resources are listed. What is on its way out, as AWS sees it, does not count. */
interface Lister {
  readonly service: string;
  readonly type: string;
  list(moto: MotoClient, region: string): Promise<readonly string[]>;
}

const listers: readonly Lister[] = [
  ec2("Vpcs", "vpcSet", "vpcId"),
  ec2("Subnets", "subnetSet", "subnetId"),
  ec2("SecurityGroups", "securityGroupInfo", "groupId"),
  ec2("RouteTables", "routeTableSet", "routeTableId"),
  ec2("NetworkAcls", "networkAclSet", "networkAclId"),
  ec2("InternetGateways", "internetGatewaySet", "internetGatewayId"),
  ec2("NatGateways", "natGatewaySet", "natGatewayId"),
  ec2("Addresses", "addressesSet", "allocationId"),
  ec2("VpcEndpoints", "vpcEndpointSet", "vpcEndpointId"),
  ec2("NetworkInterfaces", "networkInterfaceSet", "networkInterfaceId"),
  ec2("FlowLogs", "flowLogSet", "flowLogId"),
  ec2("LaunchTemplates", "launchTemplates", "launchTemplateId"),
  ec2("Volumes", "volumeSet", "volumeId"),
  query("iam", "2010-05-08", "ListRoles", "Arn"),
  query("iam", "2010-05-08", "ListUsers", "Arn"),
  query("iam", "2010-05-08", "ListGroups", "Arn"),
  query("iam", "2010-05-08", "ListInstanceProfiles", "InstanceProfileName"),
  query("iam", "2010-05-08", "ListOpenIDConnectProviders", "Arn"),
  query("iam", "2010-05-08", "ListPolicies", "Arn", { Scope: "Local" }),
  query("elasticloadbalancing", "2015-12-01", "DescribeLoadBalancers", "LoadBalancerArn"),
  query("elasticloadbalancing", "2015-12-01", "DescribeTargetGroups", "TargetGroupArn"),
  query("autoscaling", "2011-01-01", "DescribeAutoScalingGroups", "AutoScalingGroupARN"),
  json("logs", "Logs_20140328.DescribeLogGroups", "logGroups", "logGroupName"),
  json("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "repositories", "repositoryName"),
  json("acm", "CertificateManager.ListCertificates", "CertificateSummaryList", "CertificateArn"),
  json("wafv2", "AWSWAF_20190729.ListWebACLs", "WebACLs", "ARN", { Scope: "REGIONAL" }),
  json("secretsmanager", "secretsmanager.ListSecrets", "SecretList", "ARN"),
  json("cognito-idp", "AWSCognitoIdentityProviderService.ListUserPools", "UserPools", "Id", { MaxResults: 60 }),
  json("servicediscovery", "Route53AutoNaming_v20170314.ListNamespaces", "Namespaces", "Arn"),
  json("dynamodb", "DynamoDB_20120810.ListTables", "TableNames", undefined),
  kmsKeys(),
  rest("apigateway", "/restapis", "item", "id"),
  rest("apigateway", "/vpclinks", "item", "id"),
  rest("apigateway", "/domainnames", "item", "domainName"),
  rest("apigateway", "/usageplans", "item", "id"),
  rest("apigateway", "/apikeys", "item", "id"),
  rest("apigateway", "/v2/apis", "items", "apiId"),
  rest("apigateway", "/v2/vpclinks", "items", "vpcLinkId"),
  rest("apigateway", "/v2/domainnames", "items", "domainName"),
  restXml("route53", "/2013-04-01/hostedzone", "HostedZone", "Id"),
  restXml("s3", "/", "Bucket", "Name"),
];

/**
 * Everything that exists in a region of the sandbox's account, of the kinds that a cluster and its doors are made of: EC2
 * networking, IAM, EKS, load balancing, API Gateway, ECR, KMS, logs, Route 53, ACM, WAF, VPC Lattice, S3 and a few more.
 * A new account is not empty (it has a default VPC), so compare with what was there before.
 */
export async function inventory(moto: MotoClient, store: Store, region: string): Promise<readonly AwsResource[]> {
  const found: AwsResource[] = [];
  for (const { service, type, list } of listers) {
    found.push(...(await list(moto, region)).map((id) => ({ service, type, id })));
  }
  const { serviceNetworks } = store.lattice(region);
  return [
    ...found,
    ...[...store.eks(region).clusters.keys()].map((id) => ({ service: "eks", type: "Clusters", id })),
    ...[...serviceNetworks.keys()].map((id) => ({ service: "vpc-lattice", type: "ServiceNetworks", id })),
  ];
}

function ec2(type: string, set: string, idElement: string): Lister {
  return {
    service: "ec2",
    type,
    async list(moto, region) {
      const xml = await moto.query(scopeOf("ec2", region), "2016-11-15", `Describe${type}`, {});
      return (
        items(xml, set)
          .filter((item) => !["deleted", "deleting"].includes(elementText(item, "state") ?? ""))
          // A VPC's own network ACL goes with the VPC in AWS; in moto it stays behind.
          .filter((item) => elementText(item, "default") !== "true")
          .flatMap((item) => elementText(item, idElement) ?? [])
      );
    },
  };
}

function query(
  service: string,
  version: string,
  action: string,
  idElement: string,
  parameters: Readonly<Record<string, string>> = {},
): Lister {
  return {
    service,
    type: action.replace(/^(List|Describe)/, ""),
    list: async (moto, region) =>
      elementTexts(await moto.query(scopeOf(service, region), version, action, parameters), idElement),
  };
}

function json(service: string, target: string, field: string, idField: string | undefined, document = {}): Lister {
  return {
    service,
    type: (target.split(".").at(-1) ?? "").replace(/^(List|Describe)/, ""),
    async list(moto, region) {
      const answer = await moto.json(scopeOf(service, region), { method: "POST", url: "/", target, document });
      return identifiers(answer, field, idField);
    },
  };
}

function rest(service: string, url: string, field: string, idField: string): Lister {
  return {
    service,
    type: url,
    list: async (moto, region) =>
      identifiers(await moto.json(scopeOf(service, region), { method: "GET", url }), field, idField),
  };
}

function restXml(service: string, url: string, element: string, idElement: string): Lister {
  return {
    service,
    type: `${element}s`,
    async list(moto, region) {
      const xml = await moto.text(scopeOf(service, region), url);
      return elementTexts(xml, element).flatMap((one) => elementText(one, idElement) ?? []);
    },
  };
}

/** Keys live on for days after they are scheduled for deletion; those do not count. */
function kmsKeys(): Lister {
  const description = z.object({ KeyMetadata: z.object({ KeyState: z.string(), KeyManager: z.string() }) });
  return {
    service: "kms",
    type: "Keys",
    async list(moto, region) {
      const call = async (operation: string, document: object): Promise<unknown> => {
        const target = `TrentService.${operation}`;
        return moto.json(scopeOf("kms", region), { method: "POST", url: "/", target, document });
      };
      const kept: string[] = [];
      for (const KeyId of identifiers(await call("ListKeys", {}), "Keys", "KeyId")) {
        const { KeyMetadata: key } = description.parse(await call("DescribeKey", { KeyId }));
        if (key.KeyState !== "PendingDeletion" && key.KeyManager === "CUSTOMER") {
          kept.push(KeyId);
        }
      }
      return kept;
    },
  };
}

const list = z.array(z.union([z.string(), z.record(z.string(), z.unknown())]));

function identifiers(answer: unknown, field: string, idField: string | undefined): readonly string[] {
  const { [field]: members } = z.record(z.string(), z.unknown()).parse(answer);
  return list
    .default([])
    .parse(members)
    .map((member) => (typeof member === "string" ? member : String(member[idField ?? ""])));
}

function scopeOf(service: string, region: string): { accessKeyId: string; region: string; service: string } {
  return { accessKeyId: "SANDBOX", region, service };
}
