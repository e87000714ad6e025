import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TerraformRuns } from "../../../commands/terraform/runs";
import { TestProject } from "../test-project";

describe("a run of Terraform", () => {
  const project = new TestProject();
  const stack = {
    id: "dev-cluster",
    kind: "cluster",
    folder: project.root,
    producers: [],
    fingerprint: "",
    addresses: new Set<string>(),
    moved: [],
    forgotten: [],
  } as const;
  const logs = join(project.root, "logs");
  const calledAs = async (variables: NodeJS.ProcessEnv) => {
    const runs = new TerraformRuns(project.surroundings({ variables }), logs, new AbortController().signal);
    await runs.run(stack, ["plan"]);
    return readFileSync(join(logs, "dev-cluster-plan.log"), "utf8").trim();
  };

  it("says to AWS for which stack it calls, unless somebody has said what else", async () => {
    project.standIn("terraform", 'echo "$TF_APPEND_USER_AGENT"');
    expect(await calledAs({})).toBe("foundry-stack/dev-cluster");
    expect(await calledAs({ TF_APPEND_USER_AGENT: "pipeline/7" })).toBe("pipeline/7");
  });
});
