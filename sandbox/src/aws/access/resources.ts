import type { Call } from "../exchange";
import type { RequestModel } from "../model/request-model";

/** What a call is about. */
export interface Resources {
  /** ARNs; `["*"]` for a call about no resource in particular, undefined where it is not known here what it is about. */
  readonly arns: readonly string[] | undefined;
  /** ARN of what the call makes, as far as it is known before. */
  readonly made?: string;
}

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Types of EC2's resources in ARNs, by the beginning of an id. */
const ec2Types: Readonly<Record<string, string>> = {
  acl: "network-acl",
  eigw: "egress-only-internet-gateway",
  eipalloc: "elastic-ip",
  eni: "network-interface",
  fl: "vpc-flow-log",
  i: "instance",
  igw: "internet-gateway",
  lt: "launch-template",
  nat: "natgateway",
  pl: "prefix-list",
  rtb: "route-table",
  sg: "security-group",
  sgr: "security-group-rule",
  subnet: "subnet",
  vol: "volume",
  vpc: "vpc",
  vpce: "vpc-endpoint",
};

/** Types of what an operation makes, where they are not the operation's own words. */
const madeTypes: Readonly<Record<string, string>> = {
  Address: "elastic-ip",
  FlowLogs: "vpc-flow-log",
  LaunchTemplateVersion: "launch-template",
  NatGateway: "natgateway",
};

/**
 * What a call is about, in the terms of IAM.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function resourcesOf({ path }: Pick<Call, "path">, request: RequestModel, place: Place): Resources {
  const { partition, region, accountId } = place;
  const { service, operation, parameters } = request;
  const arn = (of: string, resource: string) => `arn:${partition}:${of}:${region}:${accountId}:${resource}`;
  const reads = /^(Describe|Get|List|Search)/.test(operation);
  switch (service) {
    case "ec2": {
      const named = texts(parameters).flatMap((text) => ec2Resource(text) ?? []);
      const made = /^(?:Create|Allocate)(?!Tags|.*(?:Route|Vpc.*Association)$)(\w+)$/.exec(operation)?.[1];
      const own = made === undefined ? undefined : arn("ec2", `${madeTypes[made] ?? hyphened(made)}/*`);
      const arns = [...named.map((each) => arn("ec2", each)), ...(own === undefined ? [] : [own])];
      return {
        arns: reads || arns.length === 0 ? ["*"] : arns,
        ...(own === undefined ? {} : { made: own }),
      };
    }
    case "elbv2":
      return reads ? { arns: ["*"] } : balancing(operation, parameters, (each) => arn("elasticloadbalancing", each));
    case "route53": {
      const zone = parameters["HostedZoneId"] ?? (path.includes("/hostedzone/") ? parameters["Id"] : undefined);
      return { arns: [zone === undefined ? "*" : `arn:${partition}:route53:::hostedzone/${bareId(zone)}`] };
    }
    case "apigateway":
    case "apigatewayv2":
      return { arns: [`arn:${partition}:apigateway:${region}::${path.replace(/^\/v2(?=\/)/, "")}`] };
    case "iam":
      return operation === "CreateServiceLinkedRole"
        ? { arns: [`arn:${partition}:iam::${accountId}:role/aws-service-role/${parameters["AWSServiceName"]}/*`] }
        : { arns: undefined };
    default:
      return { arns: undefined };
  }
}

function balancing(
  operation: string,
  parameters: RequestModel["parameters"],
  arn: (resource: string) => string,
): Resources {
  const made = { CreateLoadBalancer: balancerType(parameters["Type"]), CreateTargetGroup: "targetgroup" }[operation];
  if (made !== undefined) {
    const own = arn(`${made}/${parameters["Name"]}/*`);
    return { arns: [own], made: own };
  }
  const child = { CreateListener: "listener", CreateRule: "listener-rule" }[operation];
  const named = texts(parameters).filter((text) => text.includes(":elasticloadbalancing:"));
  const parent = named[0]?.split(/:(?:loadbalancer|listener)\//)[1];
  return {
    arns: named.length === 0 ? ["*"] : named,
    ...(child === undefined ? {} : { made: arn(`${child}/${parent}/*`) }),
  };
}

function balancerType(type: unknown): string {
  return `loadbalancer/${{ network: "net", gateway: "gwy" }[String(type)] ?? "app"}`;
}

function ec2Resource(text: string): string | undefined {
  const type = ec2Types[/^([a-z]+)-[0-9a-f]{8,17}$/.exec(text)?.[1] ?? ""];
  return type === undefined ? undefined : `${type}/${text}`;
}

/** Texts of the parameters, and of those lists of theirs that hold texts. What stands deeper is not what a call is about. */
function texts(parameters: RequestModel["parameters"]): readonly string[] {
  return Object.values(parameters)
    .flat()
    .filter((value) => typeof value === "string");
}

/** Route 53 takes an id with the path before it. */
function bareId(id: unknown): string {
  return String(id).split("/").at(-1) ?? "";
}

/** `security-group` of `SecurityGroup`. */
function hyphened(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
}
