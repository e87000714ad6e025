import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** A check that a resource does not pass. */
export interface Finding {
  readonly check: string;
  readonly name: string;
  /** `<stack>: <name>`; its type is there where Checkov says it. */
  readonly resource: string;
}

const check = z.object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() });
const report = z.object({
  results: z.object({ failed_checks: z.array(check) }),
  summary: z.object({ passed: z.number(), parsing_errors: z.number() }),
});

/** Version of Checkov on the PATH; undefined where there is none. */
export function checkovVersion(): string | undefined {
  const { status, stdout } = spawnSync("checkov", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The version that the project is held to. */
export function pinnedCheckov(): string | undefined {
  return /^checkov==(\S+)$/m.exec(readFileSync(join(__dirname, "requirements.txt"), "utf8"))?.[1];
}

/**
 * Runs Checkov over stacks. Its reader of JSON expects blocks of blocks alone, so it gets resources and data sources,
 * without comments.
 *
 * @param stacks text of each stack, by its id
 */
export function runCheckov(stacks: ReadonlyMap<string, string>): {
  readonly passed: number;
  readonly findings: readonly Finding[];
} {
  const folder = mkdtempSync(join(tmpdir(), "checkov-"));
  for (const [id, text] of stacks) {
    const { resource = {}, data = {} } = withoutComments(JSON.parse(text)) as Record<string, unknown>;
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, "cdk.tf.json"), JSON.stringify({ resource, data }, null, 2));
  }
  const args = ["-d", folder, "--framework", "terraform_json", "--compact", "-o", "json", "--skip-download"];
  // It ends with 1 where it finds something.
  const { stdout, stderr, error } = spawnSync("checkov", args, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  if (error !== undefined) throw error;
  if (!stdout.trimStart().startsWith("{"))
    throw new Error(`Checkov printed no report: ${stdout.slice(0, 300)}${stderr.slice(-300)}`);
  const { results, summary } = report.parse(JSON.parse(stdout));
  if (summary.parsing_errors > 0) throw new Error(`Checkov could not read ${summary.parsing_errors} stacks`);
  return {
    passed: summary.passed,
    findings: results.failed_checks.map(({ check_id, check_name, file_path, resource }) => ({
      check: check_id,
      name: check_name,
      resource: `${file_path.split("/").at(-2)}: ${resource.replace(/^resource\./, "")}`,
    })),
  };
}

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : [[key, withoutComments(inner)]])),
  );
}
