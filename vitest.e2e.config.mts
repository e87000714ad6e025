import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["sandbox/vitest.e2e.config.mts", "e2e/vitest.e2e.config.mts"],
    // A control plane and Terraform need the machine for themselves.
    fileParallelism: false,
  },
});
