import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.e2e.test.ts", "node_modules/**"],
    pool: "threads",
    // Loading cdktf costs more than most tests; nothing of it is shared state.
    isolate: false,
    testTimeout: 60_000,
  },
});
