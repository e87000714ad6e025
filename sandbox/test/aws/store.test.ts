import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keep } from "../../src/aws/overlay";
import { Store } from "../../src/aws/store";

const folder = mkdtempSync(join(tmpdir(), "sandbox-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

const association = {
  clusterName: "seeds",
  namespace: "apps",
  serviceAccount: "book",
  roleArn: "arn:aws:iam::111122223333:role/book",
  associationArn: "arn:aws:eks:us-west-2:111122223333:podidentityassociation/seeds/a-1",
  associationId: "a-1",
  createdAt: 1,
  modifiedAt: 1,
  disableSessionTags: true,
  tags: {},
};

describe("the store", () => {
  it("finds everything again after a restart for the same moto", () => {
    const file = join(folder, "same.json");
    const before = Store.open(file, 1);
    before.eks("us-west-2").podIdentityAssociations.set("seeds/a-1", association);
    keep(before.overlays, "/vpclinks/v", { name: "n" });
    before.save();
    const after = Store.open(file, 1);
    expect(after.eks("us-west-2").podIdentityAssociations.get("seeds/a-1")).toEqual(association);
    expect(after.overlays.get("/vpclinks/v")).toEqual({ name: "n" });
  });

  it("starts empty for another moto, whose memory is empty too", () => {
    const file = join(folder, "other.json");
    const before = Store.open(file, 1);
    before.eks("us-west-2").podIdentityAssociations.set("seeds/a-1", association);
    before.save();
    expect(Store.open(file, 2).eks("us-west-2").podIdentityAssociations.size).toBe(0);
  });

  it("keeps regions apart", () => {
    const store = Store.open(join(folder, "regions.json"), 1);
    store.eks("us-west-2").podIdentityAssociations.set("seeds/a-1", association);
    expect(store.eks("eu-west-1").podIdentityAssociations.size).toBe(0);
  });
});
