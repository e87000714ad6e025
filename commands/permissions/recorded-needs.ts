import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Refusal } from "../program/errors";

const recordedNeed = z.strictObject({
  stack: z.string(),
  action: z.string(),
  resource: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
});

/** Something that the run of a stack needed to be allowed, as a sandbox records it. */
export type RecordedNeed = z.infer<typeof recordedNeed>;

/** @throws Refusal where the file is not a recording */
export function readRecording(file: string): readonly RecordedNeed[] {
  if (!existsSync(file)) {
    throw new Refusal(
      `${file}: there is no such file. A sandbox records what its stacks call while it applies and destroys them; ` +
        "`foundry sandbox status` names the file.",
    );
  }
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line !== "");
  return lines.map(({ line, number }) => {
    const { data } = recordedNeed.safeParse(parsed(line));
    if (data === undefined) {
      throw new Refusal(
        `${file}:${number}: that is no call that a sandbox recorded. Name the file calls.jsonl of one.`,
      );
    }
    return data;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
