import { placeOf } from "../terraform-json/environment-json";
import { textAt } from "../terraform-json/json";
import { albIngresses, albRecordTarget } from "./alb";
import { adminPorts, emissaryServices } from "./ambassador";
import { unmappedDomains } from "./api-front";
import type { Landscape } from "./landscape";
import { admitsEveryNamespace } from "./network-policies";
import { nginxServices } from "./nginx";
import { strayRecords } from "./records";
import { serviceRecordTarget } from "./services";
import type { Finding } from "./way";

const everywhere = new Set(["0.0.0.0/0", "::/0"]);

/** What stands open, or leads nowhere, beside the ways themselves. */
export function findingsBeside(landscape: Landscape): readonly Finding[] {
  return [
    ...openGroups(landscape),
    ...defaultGroups(landscape),
    ...subnets(landscape),
    ...balancers(landscape),
    ...policies(landscape),
    ...functions(landscape),
    ...adminPorts(landscape),
    ...unmappedDomains(landscape),
    ...strayRecords(landscape, [
      ...albIngresses(landscape).map(albRecordTarget),
      ...[...nginxServices(landscape), ...emissaryServices(landscape)].map(({ stack }) => serviceRecordTarget(stack)),
      ...landscape.ofKind("Service").map(({ namespace, name }) => serviceRecordTarget(`${namespace}/${name}`)),
      ...[
        "aws_cloudfront_distribution",
        "aws_api_gateway_domain_name",
        "aws_apigatewayv2_domain_name",
        "aws_lb",
      ].flatMap((type) => landscape.blocks(type).map((block) => ({ kind: "block", block }) as const)),
    ]),
  ];
}

/** Rules that let every address in; load balancers that the controller makes have groups of their own. */
function openGroups({ groups }: Landscape): readonly Finding[] {
  return groups.rules
    .filter(({ direction, cidrs }) => direction === "ingress" && cidrs.some((cidr) => everywhere.has(cidr)))
    .map(({ from, to, block }) => ({
      hole: "open-group" as const,
      says: `The whole internet is let in on ${from === to ? `port ${from}` : `ports ${from} to ${to}`}.`,
      place: placeOf(block),
    }));
}

function defaultGroups({ groups }: Landscape): readonly Finding[] {
  return groups.rules
    .filter(({ direction, block }) => direction === "ingress" && block.type === "aws_default_security_group")
    .map(({ block }) => ({
      hole: "undeclared-way" as const,
      says: "The VPC's default security group lets something in; nothing here uses it.",
      place: placeOf(block),
    }));
}

function subnets({ network }: Landscape): readonly Finding[] {
  return network.subnets.flatMap(({ block, place, role, internetRoute, cidr }) => [
    ...(role === "private" && internetRoute !== undefined
      ? [
          {
            hole: "public-private-subnet" as const,
            says: `The private subnet ${cidr} has a route from the internet.`,
            place: placeOf(internetRoute),
          },
        ]
      : []),
    ...(textAt(block.arguments, "map_public_ip_on_launch") === "true"
      ? [
          {
            hole: "public-nodes" as const,
            says: `Machines in the subnet ${cidr} get public addresses.`,
            place,
          },
        ]
      : []),
  ]);
}

/** Load balancers of Terraform's own that the internet reaches; doors here make internal ones alone. */
function balancers(landscape: Landscape): readonly Finding[] {
  return ["aws_lb", "aws_alb", "aws_elb"].flatMap((type) =>
    landscape
      .blocks(type)
      .filter(({ arguments: given }) => textAt(given, "internal") !== "true")
      .map((block) => ({
        hole: "undeclared-way" as const,
        says: `The load balancer ${textAt(block.arguments, "name") ?? block.name} faces the internet, and no route declares it.`,
        place: placeOf(block),
      })),
  );
}

function policies({ policies: { policies: all, enforced } }: Landscape): readonly Finding[] {
  const wide = all.filter(admitsEveryNamespace).map(({ namespace, name, block }) => ({
    hole: "policy-admits-all" as const,
    says: `The network policy ${namespace}/${name} lets pods of every namespace in.`,
    place: placeOf(block),
  }));
  const [first] = all;
  return first === undefined || enforced
    ? wide
    : [
        ...wide,
        {
          hole: "policy-not-enforced",
          says: "There are network policies, and the VPC CNI is not told to enforce them.",
          place: placeOf(first.block),
        },
      ];
}

/** Ways that no door here makes: URLs of functions, and machines with addresses of their own. */
function functions(landscape: Landscape): readonly Finding[] {
  const urls = landscape.blocks("aws_lambda_function_url").map((block) => ({
    hole: "undeclared-way" as const,
    says: "A function has a URL of its own, which no route declares.",
    place: placeOf(block),
  }));
  const machines = landscape
    .blocks("aws_instance")
    .filter(({ arguments: given }) => textAt(given, "associate_public_ip_address") === "true")
    .map((block) => ({
      hole: "undeclared-way" as const,
      says: "A machine has a public address, and no route declares it.",
      place: placeOf(block),
    }));
  return [...urls, ...machines];
}
