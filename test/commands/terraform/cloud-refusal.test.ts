import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCloudRefusal } from "../../../commands/terraform/cloud-refusal";
import { whyFailed } from "../../../commands/terraform/runs";

/** As Terraform 1.11 prints them to a terminal, with its frames. */
const framed = (...lines: readonly string[]) => ["╷", ...lines.map((line) => `│ ${line}`), "╵"].join("\n");

describe("what Terraform Cloud refuses", () => {
  it.each([
    [
      framed(
        "Error: Required token could not be found",
        "",
        "Run the following command to generate a token for tfe.my-company.com:",
        "    terraform login tfe.my-company.com",
      ),
      "TF_TOKEN_tfe_my__company_com for a pipeline",
    ],
    [
      framed(
        'Error: Failed to read organization "nobody" at host app.terraform.io',
        "",
        "Encountered an unexpected error while reading the organization settings:",
        'organization "nobody" at host app.terraform.io',
        "not found.",
      ),
      "app.terraform.io has no organization nobody that this token may see; ",
    ],
    [
      framed(
        "Error: Incompatible Terraform version",
        "",
        "The local Terraform version (1.11.4) does not meet the version requirements",
        "for remote workspace example/dev-apps (1.10.5).",
      ),
      "the workspace example/dev-apps is of Terraform 1.10.5, and this is 1.11.4; install 1.10.5",
    ],
    [
      framed(
        "Error: Error loading state error",
        "",
        "error loading the remote state: Failed to retrieve workspace",
        "dev-cluster: Forbidden",
      ),
      "the state of dev-cluster is not shared with this stack; apply the stack of the workspaces",
    ],
  ])("is one sentence: %s", (printed, sentence) => {
    const said = readCloudRefusal(printed);
    expect(said).toContain(sentence);
    expect(said).not.toContain("\n");
  });

  it("is no other error, whose own words stay", () => {
    expect(readCloudRefusal("Error: Reference to undeclared resource")).toBeUndefined();
    expect(readCloudRefusal("403 Forbidden")).toBeUndefined();
  });
});

describe("a run that fails for several reasons", () => {
  const forbidden = "Failed to retrieve workspace example/dev-cluster: Forbidden";
  const log = join(mkdtempSync(join(tmpdir(), "run-")), "log");
  const failed = (...summaries: readonly string[]) =>
    whyFailed({
      exitCode: 1,
      log,
      messages: summaries.map((summary) => ({
        type: "diagnostic" as const,
        diagnostic: { severity: "error" as const, summary, detail: "" },
      })),
    });

  it("says what Terraform Cloud refused, and keeps none of the others back", () => {
    writeFileSync(log, "");
    expect(failed(forbidden)).not.toContain(forbidden);
    expect(failed(forbidden, "No such role")).toMatch(
      /^the state of example\/dev-cluster is not shared[\s\S]*No such role/,
    );
  });
});
