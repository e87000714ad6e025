import { describe, expect, it } from "vitest";
import { forcingFields, readInTheSource, replacementOf, replacementRules } from "../../../commands/review/replacements";

describe("the table of what replaces a resource", () => {
  it("has a cluster of Auto Mode replaced where another role takes the place of its nodes', and not by the first", () => {
    const path = "compute_config.node_role_arn";
    expect(replacementOf("aws_eks_cluster", [{ path, before: "arn:1", after: "arn:2" }])).toMatchObject({
      fields: [path],
      loses: "the cluster and everything in it",
    });
    expect(replacementOf("aws_eks_cluster", [{ path, after: "arn:2" }])).toBeUndefined();
    expect(replacementOf("aws_eks_cluster", [{ path, before: "arn:1" }])).toBeUndefined();
    // A role that is replaced itself has another ARN.
    expect(forcingFields("aws_eks_cluster")).toContain(path);
  });

  it("has a cluster's encryption replace it only where it is taken away", () => {
    const path = "encryption_config";
    expect(replacementOf("aws_eks_cluster", [{ path, before: {} }])).toMatchObject({ fields: [path] });
    expect(replacementOf("aws_eks_cluster", [{ path, before: {}, after: { resources: [] } }])).toBeUndefined();
  });

  it("says of each line where it was read, and names no type that it does not have", () => {
    for (const [type, { source }] of Object.entries(replacementRules)) {
      expect(source, type).toMatch(
        /^https:\/\/registry\.terraform\.io\/providers\/hashicorp\/\w+\/latest\/docs\/resources\/\w+$/,
      );
    }
    expect(readInTheSource.filter((type) => replacementRules[type] === undefined)).toEqual([]);
  });
});
