import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthModule } from "../../support/synth";

/** Addresses of the resources that are made in a stack. */
function addresses(build: Parameters<typeof synthModule>[0]): readonly string[] {
  return Object.entries(synthModule(build).resource).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
}

describe("an address", () => {
  it("is the ids below the stack joined with _, without a hash", () => {
    expect(addresses((stack) => new Vpc(new Construct(new Construct(stack, "network"), "private"), "a"))).toEqual([
      "aws_vpc.network_private_a",
    ]);
  });

  it("leaves out an id Resource, wherever it is", () => {
    expect(
      addresses((stack) => new Vpc(new Construct(new Construct(stack, "Resource"), "network"), "Resource")),
    ).toEqual(["aws_vpc.network"]);
  });

  it("has _ in place of what Terraform does not take", () => {
    expect(addresses((stack) => new Vpc(stack, "zone example.com"))).toEqual(["aws_vpc.zone_example_com"]);
  });

  it("belongs to one resource: a second of its type is refused, with both paths", () => {
    const clash = () =>
      addresses((stack) => {
        new Vpc(new Construct(stack, "network"), "a");
        new Vpc(stack, "network_a");
      });
    expect(clash).toThrow(
      "test/network_a and test/network/a would share the Terraform address network_a: give one another id.",
    );
  });

  it("may be that of a resource of another type too", () => {
    const both = addresses((stack) => {
      new Vpc(new Construct(stack, "network"), "a");
      new SecurityGroup(stack, "network_a");
    });
    expect(both).toEqual(["aws_security_group.network_a", "aws_vpc.network_a"]);
  });
});
