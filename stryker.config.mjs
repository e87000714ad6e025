// @ts-check

/**
 * Mutation testing: each mutant is a fault that a test should notice. `npm run mutation` goes through rules, policies and
 * doors; `npm run mutation -- --mutate platform/rules/names.ts` through one file.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  packageManager: "npm",
  // Stryker reads projects of TypeScript with an interface that its native compiler does not have; Vitest needs none.
  tsconfigFile: "none",
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.mts", related: true },
  plugins: ["@stryker-mutator/vitest-runner"],
  coverageAnalysis: "perTest",
  // What runs once, as a file is loaded, belongs to no test: each such mutant would run all of them.
  ignoreStatic: true,
  mutate: [
    "platform/rules/*.ts",
    "modules/**/rules.ts",
    "modules/**/rules/*.ts",
    "modules/identity/*.ts",
    "modules/controllers/*/policy.ts",
    "modules/routes/**/*.ts",
    "modules/gateway/*.ts",
    "modules/api-gateway/*.ts",
    "!modules/**/*schema.ts",
    "!modules/**/rules/rules.ts",
    "!platform/rules/rules.ts",
  ],
  // Words are for people: tests hold them to the letter where they matter, and every text is a mutant.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignorePatterns: ["/cdktf.out", "/dist", "/docs", "/e2e", "/inputs", "/sandbox", "/state"],
  tempDirName: "dist/stryker",
  reporters: ["clear-text", "json"],
  clearTextReporter: { logTests: false, allowColor: false },
  jsonReporter: { fileName: "dist/mutation.json" },
  thresholds: { high: 95, low: 90, break: 85 },
  incremental: true,
  incrementalFile: "dist/mutation-incremental.json",
};
