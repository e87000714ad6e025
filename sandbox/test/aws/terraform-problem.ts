import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformProgram } from "../../src/terraform";

/**
 * Why configurations with the AWS provider cannot be applied on this machine: no Terraform, or no plugin to be had by an
 * ordinary `terraform init`.
 *
 * @returns a few words for a report; undefined when they can
 */
export function terraformProblem(): string | undefined {
  let program: string;
  try {
    program = terraformProgram();
  } catch {
    return "neither terraform nor tofu is on the PATH";
  }
  const folder = mkdtempSync(join(tmpdir(), "sandbox-init-"));
  try {
    cpSync(join(__dirname, "fixtures", "provider.tf"), join(folder, "provider.tf"));
    const { status } = spawnSync(program, ["init", "-input=false"], { cwd: folder });
    return status === 0 ? undefined : `${program} init finds no plugin of the AWS provider`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
