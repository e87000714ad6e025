import { defineConfig } from "vitest/config";

/**
 * The tests that mutants are held against: those that need no other program. `MUTATION_TESTS` narrows them to those of a
 * folder, in patterns with spaces between them; `tools/mutation/` sets it.
 */
const narrowed = process.env["MUTATION_TESTS"]?.split(" ");

export default defineConfig({
  test: {
    include: narrowed ?? ["test/{environments,golden,modules,platform,stacks}/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
  },
});
