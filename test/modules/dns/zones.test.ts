import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { resources } from "../../support/synth";

type Zone = NonNullable<NonNullable<EnvironmentInput["dns"]>["zones"]>[string];

const zonesWith = (zone: Zone) =>
  resources(synthStacks({ ...minimal(), dns: { zones: { "example.com": zone } } }).cluster, "aws_route53_zone");

describe("a public zone", () => {
  it("is made by its name", () => {
    expect(zonesWith({ kind: "create" })).toMatchObject([{ name: "example.com" }]);
  });

  it("is not made where it exists", () => {
    expect(zonesWith({ kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" })).toEqual([]);
  });

  it("is not destroyed while it holds records of others", () => {
    expect(zonesWith({ kind: "create" })).toMatchObject([{ force_destroy: false }]);
  });

  it("goes with the records of others where the environment says so and why", () => {
    const zone: Zone = { kind: "create", foreignRecords: { kind: "delete", reason: "it comes and goes" } };
    expect(zonesWith(zone)).toMatchObject([{ force_destroy: true }]);
  });
});
