import { describe, expect, it } from "vitest";
import { TestProject } from "./test-project";

describe("foundry sandbox", () => {
  it("says how to install the sandbox where it is not installed", async () => {
    expect(await new TestProject().run(["sandbox", "up", "dev", "--keep"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "foundry: the sandbox is not installed here; npm ci, without --workspaces=false, installs it.\n",
    });
  });
});
