import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { startsPrograms } from "../support/programs";
import { TestProject } from "./test-project";

describe("foundry to-cdktn", startsPrograms, () => {
  const project = new TestProject([minimal("dev")]);

  it("does nothing without --check, and says where the move itself is told", async () => {
    const { code, stderr } = await project.run(["to-cdktn"]);
    expect(code).toBe(2);
    expect(stderr).toContain("docs/exit.md has the steps of the move itself");
  });

  it("says what npm says where it does not bring cdktn", async () => {
    project.standIn("npm", "echo 'npm error 404 no such package' >&2; exit 1");
    const { code, stderr } = await project.run(["to-cdktn", "--check"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /npm does not bring cdktn@0\.24\.0 and constructs@10\.7\.2; it says:\nnpm error 404 no such package/,
    );
  });
});
