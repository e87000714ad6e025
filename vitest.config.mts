import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that start other programs take longest; begun last, one core would wait for them. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const startsPrograms = ({ moduleId }: TestSpecification) => /\/test\/(commands|terraform|gen)\//.test(moduleId);
    return [...sorted.filter(startsPrograms), ...sorted.filter((file) => !startsPrograms(file))];
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.e2e.test.ts", "node_modules/**"],
    pool: "threads",
    // By default one core is left idle, which on two is half of them.
    maxWorkers: "100%",
    // Loading cdktf costs more than most tests; nothing of it is shared state.
    isolate: false,
    reporters: ["default", "./test/support/not-checked.ts"],
    globalSetup: "test/support/scratch.ts",
    sequence: { sequencer: ProgramsFirst },
    // The slowest takes a second alone. Files that start programs have more: test/support/programs.ts.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
