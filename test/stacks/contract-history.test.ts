import { describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { brokenContracts, type ContractVersion, consumersOf, contractVersion } from "../../stacks/contract-history";
import history from "../../stacks/contract-history.json";
import { stackOrder } from "../../stacks/order";

const releases: Readonly<Record<string, ContractVersion>> = Object(history);
const consumers = (producer: string) => consumersOf(stackOrder.find((stack) => stack === producer) ?? "apps");

describe("the contracts", () => {
  it("are kept of the release that this is, or is made from", () => {
    expect(Object.keys(releases)).toContain(version);
  });

  it.each(Object.entries(releases))("break nothing that stacks of %s read", (release, before) => {
    // A release further back is of those that have upgraded since: only the last one counts.
    if (release !== Object.keys(releases).at(-1)) return;
    expect(brokenContracts(release, before, contractVersion(), consumers)).toEqual([]);
  });
});

describe("a contract that changes", () => {
  const before: ContractVersion = { cluster: { vpc_id: "text", subnets: "list" }, apps: { doors: "map" } };
  const of = (now: ContractVersion) =>
    brokenContracts("0.1.0", before, now, (stack) => (stack === "cluster" ? ["identity", "apps"] : []));

  it("may have more", () => {
    expect(of({ ...before, cluster: { ...before["cluster"], more: "map" } })).toEqual([]);
  });

  it("may not lose what another stack reads, and says how in two steps", () => {
    expect(of({ ...before, cluster: { subnets: "list" } })).toEqual([
      "cluster.vpc_id is gone, and identity, apps of 0.1.0 may read it. Do it in two steps: publish the new one under " +
        "another name beside it and let the consumers read that; take this one out in the release after",
    ]);
  });

  it("may not have another kind under the same name", () => {
    expect(of({ ...before, cluster: { vpc_id: "text", subnets: "map" } })[0]).toMatch(
      /^cluster\.subnets is a map and was a list, /,
    );
  });

  it("may lose what no stack reads", () => {
    expect(of({ cluster: { vpc_id: "text", subnets: "list" } })).toEqual([]);
  });
});
