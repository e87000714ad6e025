import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { escapeTemplates } from "../../../modules/schema/escape";
import { checkEnvironments, readableEnvironments } from "../../../platform/load";
import { dev, today, workload } from "../../platform/fixtures";

const file = (value: unknown) => [{ file: "environments/dev.ts", name: "dev", value }];
const hasTerraform = (() => {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("text of an environment means in Terraform what it says in the file", () => {
  it.each([
    ["${aws:username}", "$${aws:username}"],
    ["%{if x}", "%%{if x}"],
    ["$${x}", "$$${x}"],
    ["a ${b} c ${d}", "a $${b} c $${d}"],
    ["$(HOME) $x 100% { }", "$(HOME) $x 100% { }"],
  ])("%s is written %s", (text, escaped) => {
    expect(escapeTemplates(text)).toBe(escaped);
  });

  it("lists and objects are escaped in their values and not in their keys", () => {
    const value = { "${key}": ["${a}", { b: "%{c}" }], number: 1, none: undefined, nothing: null };
    expect(escapeTemplates(value)).toEqual({
      "${key}": ["$${a}", { b: "%%{c}" }],
      number: 1,
      none: undefined,
      nothing: null,
    });
  });

  it("stacks get it escaped, people as it was written", () => {
    const input = workload({
      args: ["--greeting=${NAME}"],
      aws: {
        kind: "role",
        statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/${aws:PrincipalTag/team}/*"] }],
      },
    });
    expect(checkEnvironments(file(input), today).environments[0]?.workloads["shop"]).toMatchObject({
      args: ["--greeting=$${NAME}"],
      aws: { statements: [{ resources: ["arn:aws:s3:::shop/$${aws:PrincipalTag/team}/*"] }] },
    });
    expect(readableEnvironments(file(input), today).environments[0]?.workloads["shop"]).toMatchObject({
      args: ["--greeting=${NAME}"],
      aws: { statements: [{ resources: ["arn:aws:s3:::shop/${aws:PrincipalTag/team}/*"] }] },
    });
  });

  it("an environment without templates is left alone", () => {
    expect(checkEnvironments(file(dev), today)).toEqual(readableEnvironments(file(dev), today));
  });

  it.skipIf(!hasTerraform)("Terraform reads back what was meant", () => {
    const texts = ["${x}", "%{if x}", "$${x}", "$$${x}", "%%%{x}", "$x %y $(Z) { }", '"quoted" \\${x}'];
    const folder = mkdtempSync(join(tmpdir(), "escape-"));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals: { texts: escapeTemplates(texts) } }));
    const answer = execFileSync("terraform", ["console"], {
      cwd: folder,
      input: "jsonencode(local.texts)\n",
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    });
    expect(JSON.parse(JSON.parse(answer))).toEqual(texts);
  });
});
