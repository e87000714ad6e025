import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { startsPrograms } from "./programs";

it("a run says at its end what it did not check, why, and what to do", startsPrograms, () => {
  const { status, stderr } = spawnSync("node_modules/.bin/vitest", ["run", "test/gen/every-field.test.ts"], {
    encoding: "utf8",
    env: { ...process.env, FOUNDRY_INPUTS: "/nowhere" },
  });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^NOT CHECKED, the generated types .* > allow and refuse the same value of every field: \S*nowhere is missing; npx foundry inputs fetches it$/m,
  );
});
