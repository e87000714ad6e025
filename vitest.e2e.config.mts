import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/not-checked.ts"],
    projects: [
      {
        test: {
          name: "product",
          include: ["test/**/*.e2e.test.ts"],
          globalSetup: "test/support/scratch.ts",
        },
      },
      "sandbox/vitest.e2e.config.mts",
      "e2e/vitest.e2e.config.mts",
    ],
    // A control plane and Terraform need the machine for themselves.
    fileParallelism: false,
  },
});
