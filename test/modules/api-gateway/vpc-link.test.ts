import { describe, expect, it } from "vitest";
import { VpcLink } from "../../../modules/api-gateway/vpc-link";
import { resource, resources, synthModule } from "../../support/synth";

const json = synthModule(
  (stack) =>
    new VpcLink(stack, "link", {
      name: "dev-store",
      network: { vpcId: "vpc-1", vpcCidr: "10.0.0.0/16", privateSubnetIds: ["subnet-1", "subnet-2"] },
      ports: [80, 8081],
    }),
);

describe("a VPC link", () => {
  it("lets API Gateway out to the load balancer's listeners by TCP, and nowhere else", () => {
    expect(resources(json, "aws_vpc_security_group_egress_rule")).toEqual(
      [80, 8081].map((port) => ({
        security_group_id: "${aws_security_group.link_security-group.id}",
        description: "Load balancer of the API",
        cidr_ipv4: "10.0.0.0/16",
        ip_protocol: "tcp",
        from_port: port,
        to_port: port,
      })),
    );
  });

  it("lets nobody in, for calls only go out by it", () => {
    expect(resources(json, "aws_vpc_security_group_ingress_rule")).toEqual([]);
    expect(resource(json, "aws_security_group", "link_security-group")).not.toHaveProperty("ingress");
  });

  it("stands in the private subnets with a security group of its own", () => {
    expect(resource(json, "aws_apigatewayv2_vpc_link", "link")).toEqual({
      name: "dev-store",
      subnet_ids: ["subnet-1", "subnet-2"],
      security_group_ids: ["${aws_security_group.link_security-group.id}"],
    });
  });
});
