import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cidr, networkWithin, reason, retentionDays } from "../schema/primitives";

/** Services that can have an interface endpoint, by the last part of their endpoint name. */
export const interfaceEndpointServices = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "execute-api",
  "kms",
  "logs",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
] as const;
export type InterfaceEndpointService = (typeof interfaceEndpointServices)[number];

/**
 * What a cluster whose nodes have no way out needs.
 * Source: EKS user guide, "Deploy private clusters with limited internet access".
 */
export const privateClusterEndpoints = [
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "logs",
  "sts",
] as const satisfies readonly InterfaceEndpointService[];

/** Letters that name the availability zones of a region. */
export const zoneLetters = ["a", "b", "c", "d", "e", "f"] as const;
export type ZoneLetter = (typeof zoneLetters)[number];

/** Shortest prefix that AWS allows a VPC. Source: Amazon VPC user guide, "VPC CIDR blocks". */
export const shortestVpcPrefix = 16;

/** Longest prefix with room for six zones' subnets and for growth; `planSubnets` tells how. */
export const longestVpcPrefix = 20;

function holdsSubnets(network: string): boolean {
  const prefix = Number(network.split("/")[1]);
  // What is no network at all has its own message.
  return Number.isNaN(prefix) || (prefix >= shortestVpcPrefix && prefix <= longestVpcPrefix);
}

function allDiffer(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

const createNetwork = z.strictObject({
  kind: z.literal("create"),
  cidr: described(
    'Network of the VPC, from /16 to /20. Cannot change later. Source: Amazon VPC user guide, "VPC CIDR blocks".',
    cidr
      .refine(holdsSubnets, `a VPC is from /${shortestVpcPrefix} to /${longestVpcPrefix}, so that its subnets fit`)
      .register(examples, { example: "10.0.0.0/16", meant: networkWithin(shortestVpcPrefix, longestVpcPrefix) })
      .default("10.0.0.0/16"),
  ),
  zones: described(
    "Letters of 2 to 6 availability zones. A zone's subnets have fixed places, so adding or dropping a zone " +
      "moves no other zone's subnets. Which letters there are differs by region and account: `aws ec2 " +
      "describe-availability-zones` lists them.",
    z
      .array(z.enum(zoneLetters))
      .min(2, "EKS needs subnets in two zones or more")
      .max(zoneLetters.length)
      .refine(allDiffer, "a zone stands in the list once")
      .register(examples, { example: ["a", "b", "c"] })
      .default(["a", "b", "c"]),
  ),
  nat: described(
    "The way out of private subnets. `per-zone` survives the loss of a zone, `single` costs one NAT gateway, in " +
      "the first zone of the list, `none` needs `interfaceEndpoints`.",
    z.enum(["single", "per-zone", "none"]).default("per-zone"),
  ),
  interfaceEndpoints: described(
    "Private ways to AWS services, each with an hourly price a zone; S3 has its free gateway endpoint in any " +
      "case. `private-cluster` is the set a cluster without NAT needs. With `execute-api` the VPC reaches private " +
      "REST APIs by their own names, and public APIs of the region only by custom domain names.",
    z
      .union([
        z.enum(["none", "private-cluster"]),
        z.array(z.enum(interfaceEndpointServices)).min(1).refine(allDiffer, "a service stands in the list once"),
      ])
      .register(examples, { example: "private-cluster" })
      .default("none"),
  ),
  flowLogs: described(
    "Records of connections, in CloudWatch Logs. Default: on, 90 days.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("on"),
          retentionDays: described("How long they are kept, in days.", retentionDays.default(90)),
          traffic: described(
            "Which connections: accepted, rejected or all.",
            z.enum(["ALL", "ACCEPT", "REJECT"]).default("ALL"),
          ),
        }),
        z.strictObject({ kind: z.literal("off"), reason }),
      ])
      .prefault({ kind: "on" }),
  ),
});

const subnetId = z
  .string()
  .regex(/^subnet-[0-9a-f]+$/, "a subnet id looks like subnet-0123456789abcdef0")
  .register(examples, { example: "subnet-0123456789abcdef0" });

const existingNetwork = z.strictObject({
  kind: z.literal("existing"),
  vpcId: described(
    "Id of the VPC.",
    z
      .string()
      .regex(/^vpc-[0-9a-f]+$/, "a VPC id looks like vpc-0123456789abcdef0")
      .register(examples, { example: "vpc-0123456789abcdef0" }),
  ),
  cidr: described("Network of the VPC, in which the rules look for overlaps.", cidr),
  publicSubnetIds: described(
    "Subnets for internet-facing load balancers, tagged `kubernetes.io/role/elb`=1 by their owner. May be empty.",
    z
      .array(subnetId)
      .refine(allDiffer, "a subnet stands in the list once")
      .register(examples, { example: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }),
  ),
  privateSubnetIds: described(
    "Subnets for nodes and internal load balancers, tagged `kubernetes.io/role/internal-elb`=1, in two zones or more.",
    z
      .array(subnetId)
      .min(2, "EKS needs private subnets in two zones or more")
      .refine(allDiffer, "a subnet stands in the list once")
      .register(examples, { example: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }),
  ),
});

export const networkSchema = described(
  "A VPC of our own, or one that another team owns.",
  z.discriminatedUnion("kind", [
    described("A VPC made for the cluster.", createNetwork),
    described("A VPC of another team.", existingNetwork),
  ]),
);

/** Options of an environment's network, with every default filled in. */
export type NetworkOptions = z.output<typeof networkSchema>;
