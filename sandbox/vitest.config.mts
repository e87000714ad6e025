import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "sandbox",
    root: import.meta.dirname,
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.e2e.test.ts"],
    pool: "threads",
    isolate: false,
    // Many tests start programs, while other work may have the machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
