import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with what it did not check and why, a line a reason: a skipped test is neither passed nor forgotten. */
export default class NotChecked implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = new Map<string, string[]>();
    for (const test of modules.flatMap((module) => [...module.children.allTests("skipped")])) {
      const result = test.result();
      // Without a note it was not asked for, as with `-t`.
      if (result.state !== "skipped" || result.note === undefined) continue;
      tests.set(result.note, [...(tests.get(result.note) ?? []), test.fullName]);
    }
    for (const [reason, names] of tests) {
      const more = names.length === 1 ? "" : `, and ${names.length - 1} more`;
      console.warn(`NOT CHECKED, ${names[0]}${more}: ${reason}`);
    }
  }
}
