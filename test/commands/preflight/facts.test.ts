import { describe, expect, it } from "vitest";
import { familyOf } from "../../../commands/preflight/instance-families";
import { principalOf } from "../../../commands/preflight/principal-of";
import { olderThan } from "../../../commands/preflight/versions";

describe("what preflight makes of what AWS says", () => {
  it.each([
    ["m7g.large", "standard"],
    ["t3.micro", "standard"],
    ["g6.xlarge", "g and vt"],
    ["vt1.3xlarge", "g and vt"],
    ["p5.48xlarge", "p"],
    ["inf2.xlarge", "inf"],
    ["im4gn.large", "standard"],
    ["hpc7g.4xlarge", "hpc"],
    ["dl1.24xlarge", "dl"],
    ["trn1.2xlarge", "trn"],
    ["u-6tb1.metal", "high memory"],
    ["x2gd.large", "x"],
  ])("%s counts among %s", (type, family) => {
    expect(familyOf(type)).toBe(family);
  });

  it.each([
    ["arn:aws:sts::123456789012:assumed-role/operators/ada", "arn:aws:iam::123456789012:role/operators"],
    ["arn:aws-cn:sts::123456789012:assumed-role/operators/ada", "arn:aws-cn:iam::123456789012:role/operators"],
    ["arn:aws:iam::123456789012:user/ops/ada", "arn:aws:iam::123456789012:user/ops/ada"],
  ])("%s acts as %s", (caller, principal) => {
    expect(principalOf(caller)).toBe(principal);
  });

  it.each([
    ["1.9.8", "1.10.0", true],
    ["1.10.0", "1.10.0", false],
    ["1.10.0-rc1", "1.10.0", false],
    ["2.31.0", "2.7.0", false],
  ])("%s is older than %s: %s", (version, floor, older) => {
    expect(olderThan(version, floor)).toBe(older);
  });
});
