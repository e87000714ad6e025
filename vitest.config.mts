import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that start other programs take longest; begun last, one core would wait for them. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const startsPrograms = ({ moduleId }: TestSpecification) =>
      /\/test\/(commands|gen|options)\/|\/sandbox\/test\//.test(moduleId);
    return [...sorted.filter(startsPrograms), ...sorted.filter((file) => !startsPrograms(file))];
  }
}

export default defineConfig({
  test: {
    // By default one core is left idle, which on two is half of them.
    maxWorkers: "100%",
    reporters: ["default", "./test/support/not-checked.ts"],
    sequence: { sequencer: ProgramsFirst },
    projects: [
      {
        logLevel: "error",
        test: {
          name: "product",
          include: ["test/**/*.test.ts"],
          // What starts the whole program, or compiles it, runs with `npm run test:e2e`.
          exclude: ["test/**/*.e2e.test.ts"],
          pool: "threads",
          // Loading cdktf costs more than most tests; nothing of it is shared state.
          isolate: false,
          globalSetup: "test/support/scratch.ts",
          setupFiles: "test/support/traces.ts",
          // It imports JSON in a way that Vite knows and Node does not, and its source maps lead to no sources.
          server: { deps: { inline: [/@actions\/workflow-parser/] } },
          // The slowest takes a second where nothing else has the machine. Files that start programs have more:
          // test/support/programs.ts.
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      "sandbox/vitest.config.mts",
      "e2e/vitest.config.mts",
    ],
  },
});
