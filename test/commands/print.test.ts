import { describe, expect, it } from "vitest";
import { printWarnings } from "../../commands/program/print";
import type { Warning } from "../../platform/rules/rule";

function printed(warnings: readonly Warning[]): readonly string[] {
  const lines: string[] = [];
  printWarnings({ write: (text) => lines.push(text.trimEnd()), columns: undefined, colour: false }, warnings);
  return lines;
}

const of = (count: number, message: string): readonly Warning[] =>
  Array.from({ length: count }, (_, index) => ({ file: `environments/e${index + 1}.ts`, message }));

describe("A warning", () => {
  it("names each of a few environments that have it", () => {
    expect(printed(of(5, "ends soon"))).toEqual(
      [1, 2, 3, 4, 5].map((number) => `environments/e${number}.ts: ends soon`),
    );
  });

  it("is said once where many environments have it, with their number", () => {
    expect(printed([...of(1, "has ended"), ...of(1000, "ends soon")])).toEqual([
      "environments/e1.ts: has ended",
      "environments/e1.ts and 999 others: ends soon",
    ]);
  });
});
