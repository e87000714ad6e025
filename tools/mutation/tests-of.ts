/** Tests that hold one rule against the whole environment; a rule is seen by them wherever it stands. */
const ofRules = [
  "test/platform/{bad-environments,charts,elastic-ips,lifecycle,runs,wrong-doors}.test.ts",
  "test/platform/{hostile,workload-rules}/*.test.ts",
];

/**
 * Patterns of the tests that notice a fault in a file or folder: those that mirror it, and for rules those over wrong
 * environments.
 *
 * @param files what of it is mutated
 */
export function testsOf(path: string, files: readonly string[]): readonly string[] {
  const [floor = "", feature = "", part = ""] = path.replace(/\.ts$/, "").split("/");
  if (floor === "platform") return ofRules;
  // A door's and a controller's tests are files of one folder, each called after its own.
  const flat = (feature === "routes" || feature === "controllers") && part !== "";
  const own = flat ? `test/modules/${feature}/${part}*.test.ts` : `test/modules/${feature}/**/*.test.ts`;
  return [own, ...(files.some((file) => /\brules\b/.test(file)) || flat ? ofRules : [])];
}
