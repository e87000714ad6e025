import { expect, it } from "vitest";
import { lockTellsNothing } from "../../../modules/state/lock";
import { stateSchema } from "../../../modules/state/schema";

const bucket = "example-terraform-state";

it.each([{ kind: "local" }, { kind: "s3", bucket }, { kind: "cloud", organization: "example" }] as const)(
  "the lock of a state tells whether it is in use: $kind",
  (state) => {
    expect(lockTellsNothing(stateSchema.parse(state))).toBeUndefined();
  },
);

it("a state in S3 that keeps no lock looks free while somebody applies, and is not asked", () => {
  const state = stateSchema.parse({ kind: "s3", bucket, useLockfile: false });
  expect(lockTellsNothing(state)).toBe("state.useLockfile is false, so it has no lock");
});
