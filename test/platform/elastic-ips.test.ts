import { describe, expect, it } from "vitest";
import { environmentSchema } from "../../platform/environment";
import { elasticIpsWithinQuota } from "../../platform/rules/elastic-ips";
import { environmentFiles } from "../support/environments";
import { minimal } from "../support/minimal";

function warnings(change: object): readonly string[] {
  return elasticIpsWithinQuota(environmentSchema.parse({ ...minimal("dev"), ...change }));
}

const emissary = { exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } } };
const controllers = { awsLoadBalancerController: {}, emissary };

describe("Elastic IPs", () => {
  it("beyond an account's five are counted and warned of, with the command that asks for more", () => {
    expect(warnings({ network: { kind: "create", nat: "per-zone" }, controllers })).toEqual([
      "it needs 6 Elastic IPs, for NAT gateways (3) and `controllers.emissary` (3); an account has 5 a region unless it asked for more: aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 6",
    ]);
  });

  it("within five, or of an existing network's own NAT gateways, are nobody's concern", () => {
    expect(warnings({ network: { kind: "create", nat: "single" }, controllers })).toEqual([]);
    expect(warnings({ network: { kind: "create", nat: "per-zone" } })).toEqual([]);
  });

  it("of the shipped environments fit an account as AWS hands it out", () => {
    for (const input of Object.values(environmentFiles)) {
      expect(elasticIpsWithinQuota(environmentSchema.parse(input)), input.name).toEqual([]);
    }
  });
});
