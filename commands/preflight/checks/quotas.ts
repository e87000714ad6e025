import type { Environment } from "../../../platform/environment";
import { routesWithFacts } from "../../../platform/route";
import { type Check, type Finding, type Subject, stops } from "../check";
import type { Facts, InUse } from "../facts";
import { familyOf, vcpuQuotas } from "../instance-families";

interface Counted {
  readonly service: string;
  readonly code: string;
  readonly what: string;
  /** What an account has that never asked for more. Source: the service's page of endpoints and quotas. */
  readonly usual: number;
  readonly need: (subject: Subject) => number;
  readonly used: (inUse: InUse) => number;
}

const counted: readonly Counted[] = [
  {
    ...{ service: "ec2", code: "L-0263D0A3", what: "Elastic IPs", usual: 5 },
    need: ({ count }) => count("aws_eip"),
    used: ({ elasticIps }) => elasticIps,
  },
  {
    ...{ service: "vpc", code: "L-F678F1CE", what: "VPCs", usual: 5 },
    need: ({ count }) => count("aws_vpc"),
    used: ({ vpcs }) => vpcs,
  },
  {
    ...{ service: "vpc", code: "L-A4707A72", what: "internet gateways", usual: 5 },
    need: ({ count }) => count("aws_internet_gateway"),
    // One a VPC, as good as always.
    used: ({ vpcs }) => vpcs,
  },
  {
    ...{ service: "vpc", code: "L-FE5A380F", what: "NAT gateways in a zone", usual: 5 },
    need: ({ count }) => Math.min(1, count("aws_nat_gateway")),
    used: ({ natGatewaysInZone }) => natGatewaysInZone,
  },
  {
    ...{ service: "vpc", code: "L-0EA8095F", what: "rules in one security group", usual: 60 },
    need: ({ count }) => count("aws_vpc_security_group_ingress_rule"),
    used: () => 0,
  },
  {
    ...{ service: "eks", code: "L-1194D53C", what: "clusters", usual: 100 },
    need: ({ count }) => count("aws_eks_cluster"),
    used: ({ clusters }) => clusters,
  },
  {
    ...{ service: "elasticloadbalancing", code: "L-53DA6B97", what: "Application Load Balancers", usual: 50 },
    need: ({ environment }) => balancers(environment, ["alb", "gateway"]),
    used: ({ applicationLoadBalancers }) => applicationLoadBalancers,
  },
  {
    ...{ service: "elasticloadbalancing", code: "L-69A177A2", what: "Network Load Balancers", usual: 50 },
    need: ({ environment, count }) => balancers(environment, ["nlb"]) + count("aws_lb"),
    used: ({ networkLoadBalancers }) => networkLoadBalancers,
  },
  {
    ...{ service: "iam", code: "L-FE177D64", what: "IAM roles", usual: 1000 },
    need: ({ count }) => count("aws_iam_role"),
    used: ({ roles }) => roles,
  },
];

/** What runs into a limit fails in the middle of an apply. What the environment has already is part of what it needs. */
export const quotas: Check = {
  name: "quotas",
  asksAws: true,
  look: async (subject, facts) => {
    const inUse = await facts.inUse();
    const findings: Finding[] = [];
    for (const row of [...counted, ...(await vcpuRows(subject, facts))]) {
      const need = row.need(subject);
      if (need === 0) continue;
      const quota = (await facts.quota(row.service, row.code)) ?? row.usual;
      const used = row.used(inUse);
      const total = used + need;
      if (total <= quota) continue;
      findings.push(
        stops(
          `it needs ${need} ${row.what}, others have ${used}, and the account has ${quota}`,
          `aws service-quotas request-service-quota-increase --service-code ${row.service} --quota-code ${row.code} --desired-value ${total}`,
        ),
      );
    }
    return findings;
  },
};

/** Load balancers that routes of some kinds have to themselves or share by their entrance. */
function balancers(environment: Environment, kinds: readonly string[]): number {
  const entrances = routesWithFacts(environment)
    .filter(({ route, facts }) => kinds.includes(route.kind) && (facts.subnets ?? 0) > 0)
    .map(({ facts }) => facts.entrance);
  return new Set(entrances).size;
}

/** Quotas of vCPUs, by how instances are bought and their family. */
async function vcpuRows({ environment }: Subject, facts: Facts): Promise<readonly Counted[]> {
  const groups = Object.values(environment.cluster.nodeGroups);
  const types = [...new Set(groups.flatMap(({ instanceTypes }) => instanceTypes))];
  const vcpus = types.length === 0 ? {} : await facts.vcpus(types);
  const needs = new Map<string, number>();
  for (const { instanceTypes, capacity, size } of groups) {
    // The first is what an on-demand group takes, and of spot capacity any of them.
    const [first = ""] = instanceTypes;
    const pool = `${capacity} ${familyOf(first)}`;
    needs.set(pool, (needs.get(pool) ?? 0) + size.desired * (vcpus[first] ?? 0));
  }
  return [...needs].flatMap(([pool, need]) => {
    const quota = vcpuQuotas[pool];
    if (quota === undefined) return [];
    const { code, what, usual } = quota;
    return [{ service: "ec2", code, what, usual, need: () => need, used: (inUse) => inUse.vcpus[pool] ?? 0 }];
  });
}
