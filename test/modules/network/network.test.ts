import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { TerraformOutput } from "cdktf";
import { describe, expect, test } from "vitest";
import { makeNetwork, type NetworkFacts } from "../../../modules/network/network";
import { networkSchema } from "../../../modules/network/schema";
import { resource, resources, synthModule } from "../../support/synth";
import { synthNetwork } from "./synth-network";

const threeZones = synthNetwork({ kind: "create" });

describe("VPC", () => {
  test("a network of three zones has these resources and no others", () => {
    expect(
      Object.entries(threeZones.resource)
        .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
        .sort(),
    ).toMatchInlineSnapshot(`
      [
        "aws_cloudwatch_log_group.network_flow_logs_group",
        "aws_default_security_group.network_default",
        "aws_eip.network_nat_a",
        "aws_eip.network_nat_b",
        "aws_eip.network_nat_c",
        "aws_flow_log.network_flow_logs",
        "aws_iam_role.network_flow_logs_role",
        "aws_iam_role_policy.network_flow_logs_policy",
        "aws_internet_gateway.network_internet",
        "aws_nat_gateway.network_a",
        "aws_nat_gateway.network_b",
        "aws_nat_gateway.network_c",
        "aws_route.network_private_a_default",
        "aws_route.network_private_b_default",
        "aws_route.network_private_c_default",
        "aws_route.network_public_default",
        "aws_route_table.network_private_a",
        "aws_route_table.network_private_b",
        "aws_route_table.network_private_c",
        "aws_route_table.network_public",
        "aws_route_table_association.network_private_a_routes",
        "aws_route_table_association.network_private_b_routes",
        "aws_route_table_association.network_private_c_routes",
        "aws_route_table_association.network_public_a_routes",
        "aws_route_table_association.network_public_b_routes",
        "aws_route_table_association.network_public_c_routes",
        "aws_subnet.network_private_a",
        "aws_subnet.network_private_b",
        "aws_subnet.network_private_c",
        "aws_subnet.network_public_a",
        "aws_subnet.network_public_b",
        "aws_subnet.network_public_c",
        "aws_vpc.network",
        "aws_vpc_endpoint.network_s3",
      ]
    `);
  });

  test("the VPC answers DNS queries and names its hosts, as EKS and private endpoints need", () => {
    expect(resource(threeZones, "aws_vpc", "network")).toEqual({
      cidr_block: "10.0.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "dev" },
    });
  });

  test("the default security group is kept without rules", () => {
    expect(resource(threeZones, "aws_default_security_group", "network_default")).toMatchObject({
      vpc_id: "${aws_vpc.network.id}",
      ingress: [],
      egress: [],
    });
  });

  test("the default network ACL stays as AWS makes it", () => {
    expect(threeZones.resource["aws_default_network_acl"]).toBeUndefined();
  });
});

describe("subnets", () => {
  test.each([
    ["public", "10.0.240.0/24", "10.0.241.0/24", "10.0.242.0/24"],
    ["private", "10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"],
  ])("%s subnets take the plan's networks in their zones", (tier, ...cidrs) => {
    const subnets = ["a", "b", "c"].map((zone) => resource(threeZones, "aws_subnet", `network_${tier}_${zone}`));
    expect(subnets.map(({ cidr_block }) => cidr_block)).toEqual(cidrs);
    expect(subnets.map(({ availability_zone }) => availability_zone)).toEqual([
      "us-west-2a",
      "us-west-2b",
      "us-west-2c",
    ]);
  });

  test("a public subnet carries the elb tag and the cluster's", () => {
    expect(resource(threeZones, "aws_subnet", "network_public_b")["tags"]).toEqual({
      Name: "dev-public-b",
      "kubernetes.io/role/elb": "1",
      "kubernetes.io/cluster/shop": "shared",
    });
  });

  test("a private subnet carries the internal-elb tag and the cluster's", () => {
    expect(resource(threeZones, "aws_subnet", "network_private_b")["tags"]).toEqual({
      Name: "dev-private-b",
      "kubernetes.io/role/internal-elb": "1",
      "kubernetes.io/cluster/shop": "shared",
    });
  });

  test("no subnet gives public addresses to what starts in it", () => {
    const subnets = resources(threeZones, "aws_subnet");
    expect(subnets).toHaveLength(6);
    for (const subnet of subnets) expect(subnet["map_public_ip_on_launch"]).toBe(false);
  });

  test("a zone more or less changes no other zone's subnet", () => {
    const six = synthNetwork({ kind: "create", zones: ["f", "e", "d", "c", "b", "a"] });
    for (const [name, subnet] of Object.entries(threeZones.resource["aws_subnet"] ?? {})) {
      expect(resource(six, "aws_subnet", name)).toEqual(subnet);
    }
  });
});

describe("routes", () => {
  test("public subnets share one table that leads to the internet gateway", () => {
    expect(resource(threeZones, "aws_route", "network_public_default")).toEqual({
      route_table_id: "${aws_route_table.network_public.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.network_internet.id}",
    });
    for (const zone of ["a", "b", "c"]) {
      expect(resource(threeZones, "aws_route_table_association", `network_public_${zone}_routes`)).toMatchObject({
        subnet_id: `\${aws_subnet.network_public_${zone}.id}`,
        route_table_id: "${aws_route_table.network_public.id}",
      });
    }
  });

  test.each(["none", "single", "per-zone"] as const)(
    "with NAT %s every private subnet has a table of its own",
    (nat) => {
      const json = synthNetwork({ kind: "create", nat, interfaceEndpoints: "private-cluster" });
      for (const zone of ["a", "b", "c"]) {
        expect(resource(json, "aws_route_table_association", `network_private_${zone}_routes`)).toMatchObject({
          subnet_id: `\${aws_subnet.network_private_${zone}.id}`,
          route_table_id: `\${aws_route_table.network_private_${zone}.id}`,
        });
      }
      expect(resources(json, "aws_route_table")).toHaveLength(4);
    },
  );

  test("NAT per zone leads every private subnet out through its own zone", () => {
    for (const zone of ["a", "b", "c"]) {
      expect(resource(threeZones, "aws_route", `network_private_${zone}_default`)).toEqual({
        route_table_id: `\${aws_route_table.network_private_${zone}.id}`,
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: `\${aws_nat_gateway.network_${zone}.id}`,
      });
      expect(resource(threeZones, "aws_nat_gateway", `network_${zone}`)).toMatchObject({
        subnet_id: `\${aws_subnet.network_public_${zone}.id}`,
        allocation_id: `\${aws_eip.network_nat_${zone}.id}`,
      });
    }
    expect(resources(threeZones, "aws_nat_gateway")).toHaveLength(3);
    expect(resources(threeZones, "aws_eip")).toHaveLength(3);
  });

  test("a single NAT gateway stands in the first zone of the list and serves all", () => {
    const json = synthNetwork({ kind: "create", zones: ["b", "a", "c"], nat: "single" });
    expect(Object.keys(json.resource["aws_nat_gateway"] ?? {})).toEqual(["network_b"]);
    expect(Object.keys(json.resource["aws_eip"] ?? {})).toEqual(["network_nat_b"]);
    for (const zone of ["a", "b", "c"]) {
      expect(resource(json, "aws_route", `network_private_${zone}_default`)).toMatchObject({
        route_table_id: `\${aws_route_table.network_private_${zone}.id}`,
        nat_gateway_id: "${aws_nat_gateway.network_b.id}",
      });
    }
  });

  test("without NAT no private table has a way out", () => {
    const json = synthNetwork({ kind: "create", nat: "none", interfaceEndpoints: "private-cluster" });
    expect(resources(json, "aws_nat_gateway")).toEqual([]);
    expect(resources(json, "aws_eip")).toEqual([]);
    expect(Object.keys(json.resource["aws_route"] ?? {})).toEqual(["network_public_default"]);
    expect(resource(json, "aws_route_table_association", "network_private_a_routes")).not.toHaveProperty("depends_on");
  });

  test("public addresses are released before the internet gateway is detached", () => {
    expect(resource(threeZones, "aws_eip", "network_nat_a")).toEqual({
      domain: "vpc",
      tags: { Name: "dev-nat-a" },
      depends_on: ["aws_internet_gateway.network_internet"],
    });
  });

  test("a NAT gateway waits until its own subnet reaches the internet", () => {
    expect(resource(threeZones, "aws_nat_gateway", "network_a")["depends_on"]).toEqual([
      "aws_route_table_association.network_public_a_routes",
    ]);
    expect(resource(threeZones, "aws_route_table_association", "network_public_a_routes")["depends_on"]).toEqual([
      "aws_route.network_public_default",
    ]);
  });
});

describe("what later modules get", () => {
  const props = {
    environmentName: "dev",
    clusterName: "shop",
    aws: { region: "us-west-2", accountId: "123456789012", partition: "aws" },
  } as const;

  test("ids come in the order of the zones", () => {
    const json = synthModule((stack) => {
      const options = networkSchema.parse({ kind: "create", cidr: "10.7.0.0/16", zones: ["c", "a"] });
      const { vpcId, cidr, publicSubnetIds, privateSubnetIds } = makeNetwork(stack, "network", {
        ...props,
        network: options,
      });
      new TerraformOutput(stack, "facts", { value: { vpcId, cidr, publicSubnetIds, privateSubnetIds } });
    });
    expect(json.output["facts"]?.value).toEqual({
      vpcId: "${aws_vpc.network.id}",
      cidr: "10.7.0.0/16",
      publicSubnetIds: ["${aws_subnet.network_public_c.id}", "${aws_subnet.network_public_a.id}"],
      privateSubnetIds: ["${aws_subnet.network_private_c.id}", "${aws_subnet.network_private_a.id}"],
    });
  });

  test("what waits for a ready network waits for private subnets, S3 and interface endpoints", () => {
    const json = synthModule((stack) => {
      const options = networkSchema.parse({ kind: "create", zones: ["a", "b"], interfaceEndpoints: ["sts"] });
      const { ready } = makeNetwork(stack, "network", { ...props, network: options });
      new EksNodeGroup(stack, "nodes", {
        clusterName: "shop",
        nodeRoleArn: "arn:aws:iam::123456789012:role/node",
        subnetIds: [],
        scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
        dependsOn: [...ready],
      });
    });
    expect(resource(json, "aws_eks_node_group", "nodes")["depends_on"]).toEqual([
      "aws_route_table_association.network_private_a_routes",
      "aws_route_table_association.network_private_b_routes",
      "aws_vpc_endpoint.network_s3",
      "aws_vpc_endpoint.network_endpoints_sts",
    ]);
  });

  test("a private subnet's routes count only with their way out", () => {
    expect(resource(threeZones, "aws_route_table_association", "network_private_a_routes")["depends_on"]).toEqual([
      "aws_route.network_private_a_default",
    ]);
  });

  test("an existing network is passed on and makes no resource", () => {
    let facts: NetworkFacts | undefined;
    const json = synthModule((stack) => {
      const options = networkSchema.parse({
        kind: "existing",
        vpcId: "vpc-0123456789abcdef0",
        cidr: "10.9.0.0/16",
        publicSubnetIds: ["subnet-0a"],
        privateSubnetIds: ["subnet-0b", "subnet-0c"],
      });
      facts = makeNetwork(stack, "network", { ...props, network: options });
    });
    expect(facts).toEqual({
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.9.0.0/16",
      publicSubnetIds: ["subnet-0a"],
      privateSubnetIds: ["subnet-0b", "subnet-0c"],
      ready: [],
    });
    expect(json.resource).toEqual({});
    expect(json.data).toEqual({});
  });
});
