import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.e2e.test.ts", "node_modules/**"],
    pool: "threads",
    // By default one core is left idle, which on two is half of them.
    maxWorkers: "100%",
    // Loading cdktf costs more than most tests; nothing of it is shared state.
    isolate: false,
    globalSetup: "test/support/scratch.ts",
    testTimeout: 60_000,
  },
});
