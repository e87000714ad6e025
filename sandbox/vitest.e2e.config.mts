import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "sandbox",
    root: import.meta.dirname,
    include: ["test/**/*.e2e.test.ts"],
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
