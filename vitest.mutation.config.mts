import { defineConfig } from "vitest/config";

/** The tests that mutants are held against: those that need no other program. */
export default defineConfig({
  test: {
    include: ["test/{environments,golden,modules,platform,stacks}/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
  },
});
