import { describe, expect, test } from "vitest";
import { interfaceEndpointServiceName, s3GatewayServiceName } from "../../../modules/network/endpoints";
import { interfaceEndpointServices } from "../../../modules/network/schema";
import { type Arguments, resource, resources, type TerraformJson } from "../../support/synth";
import { synthNetwork } from "./synth-network";

function interfaceEndpoints(json: TerraformJson): readonly Arguments[] {
  return resources(json, "aws_vpc_endpoint").filter((endpoint) => endpoint["vpc_endpoint_type"] === "Interface");
}

describe("S3", () => {
  test.each(["none", "single", "per-zone"] as const)(
    "its gateway endpoint stands on every route table with NAT %s",
    (nat) => {
      const json = synthNetwork({ kind: "create", zones: ["a", "d"], nat });
      expect(resource(json, "aws_vpc_endpoint", "network_s3")).toEqual({
        vpc_id: "${aws_vpc.network.id}",
        vpc_endpoint_type: "Gateway",
        service_name: "com.amazonaws.us-west-2.s3",
        route_table_ids: [
          "${aws_route_table.network_public.id}",
          "${aws_route_table.network_private_a.id}",
          "${aws_route_table.network_private_d.id}",
        ],
        tags: { Name: "dev-s3" },
      });
    },
  );
});

describe("interface endpoints", () => {
  const privateCluster = synthNetwork({ kind: "create", nat: "none", interfaceEndpoints: "private-cluster" });

  test("none makes no endpoint and no security group", () => {
    const json = synthNetwork({ kind: "create", interfaceEndpoints: "none" });
    expect(interfaceEndpoints(json)).toEqual([]);
    expect(resources(json, "aws_security_group")).toEqual([]);
    expect(resources(json, "aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  test("private-cluster makes what nodes without a way out need", () => {
    expect(interfaceEndpoints(privateCluster).map((endpoint) => endpoint["service_name"])).toEqual([
      "com.amazonaws.us-west-2.ec2",
      "com.amazonaws.us-west-2.ecr.api",
      "com.amazonaws.us-west-2.ecr.dkr",
      "com.amazonaws.us-west-2.eks",
      "com.amazonaws.us-west-2.eks-auth",
      "com.amazonaws.us-west-2.elasticloadbalancing",
      "com.amazonaws.us-west-2.logs",
      "com.amazonaws.us-west-2.sts",
    ]);
  });

  test("a list makes exactly the services it names", () => {
    const json = synthNetwork({ kind: "create", interfaceEndpoints: ["sts", "execute-api"] });
    expect(interfaceEndpoints(json).map((endpoint) => endpoint["service_name"])).toEqual([
      "com.amazonaws.us-west-2.execute-api",
      "com.amazonaws.us-west-2.sts",
    ]);
  });

  test("an endpoint has private DNS, an address in every private subnet and the endpoints' group, once that admits it", () => {
    expect(resource(privateCluster, "aws_vpc_endpoint", "network_endpoints_ecr_api")).toEqual({
      vpc_id: "${aws_vpc.network.id}",
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.us-west-2.ecr.api",
      private_dns_enabled: true,
      subnet_ids: [
        "${aws_subnet.network_private_a.id}",
        "${aws_subnet.network_private_b.id}",
        "${aws_subnet.network_private_c.id}",
      ],
      security_group_ids: ["${aws_security_group.network_endpoints.id}"],
      tags: { Name: "dev-ecr.api" },
      depends_on: ["aws_vpc_security_group_ingress_rule.network_endpoints_https"],
    });
  });

  test("the endpoints' group admits port 443 from the VPC's network and nothing else", () => {
    const json = synthNetwork({ kind: "create", cidr: "10.64.0.0/18", interfaceEndpoints: ["sts"] });
    expect(json.resource["aws_vpc_security_group_ingress_rule"]).toEqual({
      network_endpoints_https: {
        security_group_id: "${aws_security_group.network_endpoints.id}",
        description: "HTTPS from the VPC",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        cidr_ipv4: "10.64.0.0/18",
      },
    });
    expect(resources(json, "aws_vpc_security_group_egress_rule")).toEqual([]);
    expect(resource(json, "aws_security_group", "network_endpoints")).toEqual({
      name: "dev-vpc-endpoints",
      description: "HTTPS from the VPC to its interface endpoints",
      vpc_id: "${aws_vpc.network.id}",
      tags: { Name: "dev-vpc-endpoints" },
    });
  });
});

describe("endpoint service names", () => {
  test.each(["us-west-2", "us-gov-west-1"])("every service of %s is com.amazonaws", (region) => {
    for (const service of interfaceEndpointServices) {
      expect(interfaceEndpointServiceName(service, region)).toBe(`com.amazonaws.${region}.${service}`);
    }
  });

  test.each(["cn-north-1", "cn-northwest-1"])(
    "in %s the older services keep com.amazonaws and the others add cn",
    (region) => {
      const names = interfaceEndpointServices.map((service) => interfaceEndpointServiceName(service, region));
      expect(names.filter((name) => name.startsWith("com.amazonaws."))).toEqual(
        ["elasticloadbalancing", "kms", "logs", "secretsmanager", "ssm", "ssmmessages"].map(
          (service) => `com.amazonaws.${region}.${service}`,
        ),
      );
      expect(names.filter((name) => name.startsWith("cn."))).toEqual(
        ["autoscaling", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "execute-api", "sts"].map(
          (service) => `cn.com.amazonaws.${region}.${service}`,
        ),
      );
    },
  );

  test("S3's gateway endpoint is com.amazonaws in China too", () => {
    expect(s3GatewayServiceName("cn-north-1")).toBe("com.amazonaws.cn-north-1.s3");
  });
});
