import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { percent, scores } from "../tools/mutation/score";
import { withRow } from "../tools/mutation/table";
import { testsOf } from "../tools/mutation/tests-of";

const mutants = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

describe("a mutation score", () => {
  it("counts what a test noticed or ran out of time at, of what could be noticed", () => {
    const report = {
      files: {
        "modules/a/rules.ts": mutants("Killed", "Timeout", "Survived", "CompileError", "Ignored"),
        "modules/a/door.ts": mutants("NoCoverage"),
        "modules/b/door.ts": mutants("Survived"),
      },
    };
    const all = scores(report, (file) => (file.startsWith("modules/a/") ? "a" : undefined));
    expect([...all]).toEqual([["a", { noticed: 2, missed: 2 }]]);
    expect(percent({ noticed: 2, missed: 1 })).toBe("66.7");
  });

  it("has one row a path, the newest", () => {
    const page = readFileSync(join(__dirname, "..", "docs", "mutation.md"), "utf8");
    const once = withRow(page, "modules/none", { noticed: 1, missed: 1 }, "2026-12-01");
    const twice = withRow(once, "modules/none", { noticed: 2, missed: 0 }, "2026-12-02");
    expect(twice.match(/modules\/none/g)).toHaveLength(1);
    expect(twice).toContain("| `modules/none` | 2 | 2 | 100.0 | 2026-12-02 |");
    expect(twice.split("\n").filter((line) => !line.includes("modules/none"))).toEqual(page.split("\n"));
  });

  it("comes from the tests that mirror a folder, and for rules from those over wrong environments", () => {
    expect(testsOf("modules/identity", ["modules/identity/policy.ts"])).toEqual(["test/modules/identity/**/*.test.ts"]);
    expect(testsOf("modules/routes/nlb", [])[0]).toBe("test/modules/routes/nlb*.test.ts");
    expect(testsOf("modules/callers/rules.ts", ["modules/callers/rules.ts"]).join(" ")).toContain("bad-environments");
    expect(testsOf("platform/rules/names.ts", []).join(" ")).toContain("bad-environments");
  });
});
