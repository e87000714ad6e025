import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

export const pipelines = join(__dirname, "..", "..", "docs", "ci");

const variables = z.record(z.string(), z.string()).default({});
const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  env: variables,
  with: z.record(z.string(), z.unknown()).default({}),
});
const job = z.object({
  needs: z.string().optional(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  "timeout-minutes": z.number(),
  env: variables,
  strategy: z.object({ matrix: z.object({ include: z.array(z.record(z.string(), z.string())).min(1) }) }).optional(),
  steps: z.array(step),
});
const workflow = z.object({ on: z.unknown(), permissions: z.strictObject({}), jobs: z.record(z.string(), job) });

export type Job = z.output<typeof job>;

export const workflowText = (name: string) => readFileSync(join(pipelines, "github", name), "utf8");

/** A workflow of docs/ci, as far as its steps go. */
export function workflowNamed(name: string): z.output<typeof workflow> {
  return workflow.parse(parse(workflowText(name)));
}

/** Fills in the expressions of a workflow. @throws Error where one is none of those given */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing says what ${name} is`);
    return value;
  });
}
