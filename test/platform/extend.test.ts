import { describe, expect, expectTypeOf, it } from "vitest";
import { defineEnvironment, extend } from "../../platform/define-environment";
import type { EnvironmentInput } from "../../platform/environment";
import { checked } from "../support/environments";
import { minimal } from "../support/minimal";

const base = defineEnvironment({
  ...minimal("base"),
  network: { kind: "create", cidr: "10.0.0.0/16", zones: ["a", "b", "c"] },
});

describe("an environment that extends another", () => {
  it("is the base but for what it says", () => {
    const staging = extend(base, { name: "staging", network: { cidr: "10.1.0.0/16" } });
    expect(staging).toEqual({
      ...base,
      name: "staging",
      network: { kind: "create", cidr: "10.1.0.0/16", zones: ["a", "b", "c"] },
    });
    expect(checked(staging).name).toBe("staging");
  });

  it("has lists of its own in the place of the base's, and not behind them", () => {
    expect(extend(base, { name: "dev", network: { zones: ["a"] } }).network).toMatchObject({ zones: ["a"] });
  });

  it("keeps nothing of an object whose kind is another one", () => {
    const network = { kind: "existing", vpcId: "vpc-1", cidr: "10.2.0.0/16" } as const;
    expect(extend(base, { name: "dev", network }).network).toEqual(network);
  });

  it("takes away what it says is undefined", () => {
    expect(extend(base, { name: "dev", controllers: undefined }).controllers).toBeUndefined();
  });

  it("leaves the base as it was, and a loop over it makes a matrix", () => {
    const before = JSON.stringify(base);
    const made = ["eu-west-1", "us-east-1"].map((region) => extend(base, { name: `dev-${region}`, aws: { region } }));
    expect(made.map(({ name, aws }) => [name, aws.region, aws.accountId])).toEqual([
      ["dev-eu-west-1", "eu-west-1", "123456789012"],
      ["dev-us-east-1", "us-east-1", "123456789012"],
    ]);
    expect(JSON.stringify(base)).toBe(before);
  });

  it("does not compile without a name, or with a field that no environment has", () => {
    expectTypeOf(extend).returns.toEqualTypeOf<EnvironmentInput>();
    // @ts-expect-error a name is never the base's
    extend(base, { network: { cidr: "10.1.0.0/16" } });
    // @ts-expect-error there is no such field
    extend(base, { name: "dev", netwrok: {} });
  });
});
