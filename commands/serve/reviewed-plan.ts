import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Surroundings } from "../program/surroundings";
import { helmRenderer } from "../review/charts/helm";
import { markdown } from "../review/markdown";
import { attentionOf } from "../review/model";
import { readPlans } from "../review/plans";
import { reviewOf } from "../review/review";
import { summaryOf } from "../review/says";

/** What a run task answers. */
export interface Answer {
  readonly status: "passed" | "failed";
  /** A line. */
  readonly message: string;
  readonly outcomes: readonly {
    readonly id: string;
    readonly description: string;
    /** In Markdown. */
    readonly body: string;
    readonly level: "info" | "error";
  }[];
}

/** Longest review that is sent along, in characters. */
const longestBody = 60_000;

/**
 * Reviews the plan of a workspace.
 *
 * @param workspace its name, `<environment>-<stack>`
 * @throws Refusal where the plan is none, or of a workspace that is no stack
 */
export async function reviewedPlan(
  workspace: string,
  plan: string,
  surroundings: Pick<Surroundings, "root" | "variables" | "today">,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const file = join(folder, `${workspace.replace(/[^\w-]/g, "_")}.json`);
    writeFileSync(file, plan);
    const { before, after } = readPlans([file]);
    const review = await reviewOf(before, after, {
      before: "what is there",
      after: `the plan of ${workspace}`,
      today: surroundings.today,
      render: helmRenderer(surroundings),
    });
    const attention = attentionOf(review);
    return {
      status: attention.length === 0 ? "passed" : "failed",
      message: review.environments
        .map((one) => `${one.environment}: ${summaryOf(one)}`)
        .join("; ")
        .slice(0, 500),
      outcomes: [
        ...attention.map(({ concern, says }, index) => ({
          id: `${concern}-${index + 1}`,
          description: `${concern}: ${says}`.slice(0, 300),
          body: says,
          level: "error" as const,
        })),
        {
          id: "review",
          description: "The whole review",
          body: markdown(review, longestBody),
          level: "info" as const,
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
