import { describe, expect, it } from "vitest";
import type { EnvironmentReview } from "../../../commands/review/model";
import { reviewOf } from "../../../commands/review/review";
import { exitCodeOf } from "../../../commands/review/says";
import { add, type Editable, editable, remove } from "../../support/change-stacks";
import { goldenNames, stacksOf, today } from "../../support/environments";
import { preparedChanges } from "./changes";
import { publishedChanges } from "./published-changes";
import { reorderings } from "./reorderings";

/** Something of every environment that prepared changes take away. */
function prepared(name: string): Editable {
  const stacks = editable(stacksOf(name));
  add(stacks, "apps", "kubernetes_network_policy_v1.shop", {
    metadata: { name: "shop", namespace: "shop" },
    spec: { pod_selector: { match_labels: { app: "another" } }, policy_types: ["Ingress"] },
  });
  return stacks;
}

async function reviewed(name: string, make: (stacks: Editable) => void): Promise<EnvironmentReview> {
  const [before, after] = [prepared(name), prepared(name)];
  make(after);
  const { environments } = await reviewOf([{ name, stacks: before }], [{ name, stacks: after }], {
    before: "a",
    after: "b",
    today,
  });
  const [environment] = environments;
  if (environment === undefined) throw new Error("no environment was reviewed");
  return environment;
}

describe("a prepared change", () => {
  it.each(preparedChanges)(
    "is told whole, and nothing beside it: $name",
    async ({ environment, make, changes, concerns }) => {
      const review = await reviewed(environment, make);
      expect({
        changes: review.changes.map(({ action, address }) => `${action} ${address}`).toSorted(),
        concerns: review.attention.map(({ concern }) => concern).toSorted(),
      }).toEqual({ changes: [...changes].sort(), concerns: [...concerns].sort() });
    },
  );

  it("is one of fifty at least", () => {
    expect(preparedChanges.length).toBeGreaterThanOrEqual(50);
  });
});

describe("a change that somebody else made", () => {
  it.each(publishedChanges)(
    "is told whole, and nothing beside it: $name",
    async ({ environment: name, given = () => undefined, make, changes, concerns }) => {
      const before = prepared(name);
      given(before);
      const after = editable(before);
      make(after);
      const review = await reviewOf([{ name, stacks: before }], [{ name, stacks: after }], {
        before: "a",
        after: "b",
        today,
      });
      const [environment] = review.environments;
      expect({
        changes: environment?.changes.map(({ action, address }) => `${action} ${address}`).toSorted(),
        concerns: environment?.attention.map(({ concern }) => concern).toSorted(),
      }).toEqual({ changes: [...changes].sort(), concerns: [...concerns].sort() });
    },
  );

  it("is one of twenty at least, each of a commit of its own", () => {
    expect(new Set(publishedChanges.map(({ commit }) => commit)).size).toBe(publishedChanges.length);
    expect(publishedChanges.length).toBeGreaterThanOrEqual(20);
  });
});

describe("another way to write the same", () => {
  it.each(reorderings)("is no change: $name", async ({ environment, make }) => {
    const { changes, contract, settings, attention, gained, lost, ways } = await reviewed(environment, make);
    expect({ changes, contract, settings, attention, gained, lost, ways }).toEqual({
      changes: [],
      contract: [],
      settings: [],
      attention: [],
      gained: [],
      lost: [],
      ways: [],
    });
  });
});

describe("a review", () => {
  it.each(goldenNames)("of %s against itself says nothing and exits with 0", async (name) => {
    const stacks = stacksOf(name);
    const review = await reviewOf([{ name, stacks }], [{ name, stacks }], { before: "a", after: "b", today });
    expect(review.environments.map(({ action }) => action)).toEqual(["none"]);
    expect(exitCodeOf(review)).toBe(0);
  });

  it("exits with 1 where something differs that needs no second look", async () => {
    const change = preparedChanges.find(({ name }) => name === "a node group grows");
    const environment = await reviewed("dev", change?.make ?? (() => undefined));
    expect(exitCodeOf({ before: "a", after: "b", environments: [environment] })).toBe(1);
  });

  it("exits with 2 where something needs a second look", async () => {
    const change = preparedChanges.find(({ name }) => name === "the public endpoint is opened");
    const environment = await reviewed("dev", change?.make ?? (() => undefined));
    expect(exitCodeOf({ before: "a", after: "b", environments: [environment] })).toBe(2);
  });

  it("says the access level of what is gained by AWS's own data", async () => {
    const change = preparedChanges.find(({ name }) => name === "a permission to write is gained");
    const { gained } = await reviewed("dev", change?.make ?? (() => undefined));
    expect(gained).toEqual([expect.objectContaining({ action: "s3:PutObject", level: "Write", resource: "*" })]);
  });

  it("names the field three levels down in Helm values", async () => {
    const change = preparedChanges.find(({ name }) => name === "a Helm value three levels down");
    const { changes } = await reviewed("dev", change?.make ?? (() => undefined));
    expect(changes.flatMap(({ fields }) => fields)).toEqual([
      { path: "values[0].webhook.podDisruptionBudget.minAvailable", before: 1, after: 2 },
    ]);
  });

  it("says which fields replace a resource, what is lost, for how long at most, and by which source", async () => {
    const change = preparedChanges.find(({ name }) => name === "the cluster has another name");
    const { changes } = await reviewed("dev", change?.make ?? (() => undefined));
    expect(changes[0]?.replacement).toEqual({
      fields: ["name"],
      loses: "the cluster and everything in it",
      upToMinutes: 30,
      source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster",
    });
  });

  it("says who reads an output that is gone", async () => {
    const change = preparedChanges.find(({ name }) => name === "an output that others read is gone");
    const { contract } = await reviewed("dev", change?.make ?? (() => undefined));
    expect(contract).toEqual([
      expect.objectContaining({ stack: "cluster", output: "repository_urls", readers: ["apps"] }),
    ]);
  });

  it("counts what is billed before and after", async () => {
    const change = preparedChanges.find(({ name }) => name === "a NAT gateway is gone");
    const { bill } = await reviewed("prod", change?.make ?? (() => undefined));
    expect(bill).toContainEqual({ what: "NAT gateway", before: 3, after: 2 });
  });

  it("of a new environment tells its ways in and its holes, and not every permission", async () => {
    const stacks = editable(stacksOf("dev"));
    remove(stacks, "apps", "kubernetes_service_v1.workload_shop_service");
    const review = await reviewOf([], [{ name: "dev", stacks }], { before: "a", after: "b", today });
    const [environment] = review.environments;
    expect(environment?.action).toBe("add");
    expect(environment?.attention.map(({ concern }) => concern)).toEqual(["way-added", "way-added", "hole"]);
  });
});
