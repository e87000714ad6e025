import { describe, expect, it } from "vitest";
import { terraformMessage } from "../../../commands/terraform/messages";
import { duration, Progress } from "../../../commands/terraform/progress";

/** Lines as Terraform 1.11.4 prints them with -json, with no more than is read of them. */
const lines = {
  plan: '{"@message":"Plan: 3 to add","type":"change_summary","changes":{"add":3,"change":0,"import":0,"remove":0,"operation":"plan"}}',
  start: (address: string, action = "create") =>
    `{"type":"apply_start","hook":{"resource":{"addr":"${address}"},"action":"${action}"}}`,
  progress: (address: string, seconds: number) =>
    `{"type":"apply_progress","hook":{"resource":{"addr":"${address}"},"action":"create","elapsed_seconds":${seconds}}}`,
  complete: (address: string) =>
    `{"type":"apply_complete","hook":{"resource":{"addr":"${address}"},"action":"create","elapsed_seconds":4}}`,
};

function textAfter(...printed: readonly string[]): string {
  const progress = new Progress();
  for (const line of printed) {
    const message = terraformMessage(line);
    if (message === undefined) throw new Error(`nobody reads ${line}`);
    progress.note(message);
  }
  return progress.text();
}

describe("how far a run of Terraform is", () => {
  it("is what is done of what was planned", () => {
    expect(textAfter(lines.plan, lines.start("a.b"), lines.complete("a.b"))).toBe("1 of 3");
  });

  it("names what is waited for longest, and how long, and counts the rest", () => {
    const eks = "aws_eks_cluster.cluster";
    expect(
      textAfter(lines.plan, lines.start(eks), lines.start("a.b"), lines.start("a.c"), lines.progress(eks, 160)),
    ).toBe("0 of 3, waits for aws_eks_cluster.cluster to be made (2 m 40 s) and 2 more");
    expect(textAfter(lines.start("a.b", "delete"))).toBe("waits for a.b to be destroyed");
  });

  it.each([
    [4, "4 s"],
    [59.6, "1 m 0 s"],
    [160, "2 m 40 s"],
  ])("takes %d seconds for %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe("a line of Terraform's output", () => {
  it.each([
    "",
    "Warning: something of a wrapper",
    '{"type":"log"}',
    '{"@message":"Terraform 1.11.4","type":"version"}',
  ])("that nobody reads is left out: %s", (line) => {
    expect(terraformMessage(line)).toBeUndefined();
  });
});
