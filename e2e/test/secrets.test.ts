import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandboxFolder } from "@ingress-foundry/sandbox/folder";
import { describe, expect, it } from "vitest";
import { Lane } from "../src/lane";
import { Results } from "../src/results";
import { noSecretIsWritten } from "../src/scenarios/secrets";

const key = `aws_secret_access_key = "${"A1b2C3d4E5f6G7h8I9j0".repeat(2)}"`;

/** Looks through a sandbox's folder with some files; gives what the row says. */
async function look(files: Readonly<Record<string, string>>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "secrets-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const folder = {
    ...sandboxFolder("secrets"),
    root,
    synthesized: join(root, "cdktf.out"),
    state: join(root, "state"),
    logs: join(root, "logs"),
  };
  const lines: string[] = [];
  const results = new Results((line) => lines.push(line));
  await noSecretIsWritten(new Lane(results, new AbortController().signal), { folder, plan: { environment: "dev" } });
  return results.passed ? "passed" : lines.join("\n");
}

const clean = { "cdktf.out/stacks/dev-apps/cdk.tf.json": "{}", "logs/dev-apps-apply-1.log": "applied" };

describe("what is written on the way", () => {
  it("passes where no file holds a secret, whatever plugins and the sandbox's own AWS hold", async () => {
    const aside = { "cdktf.out/stacks/dev-apps/.terraform/plugin.log": key, "aws/credentials.log": key };
    expect(await look({ ...clean, ...aside })).toBe("passed");
  });

  it.each(["state/dev-cluster.tfstate", "state/dev-cluster.tfstate.backup", "logs/dev-cluster-show-1.log"])(
    "does not pass with a secret in %s, which it names without repeating the secret",
    async (path) => {
      const said = await look({ ...clean, [path]: key });
      expect(said).toContain(`${path}: AWSSecretAccessKey at 0`);
      expect(said).not.toContain("A1b2C3d4");
    },
  );

  it("does not pass where nothing was written: then nothing was looked through", async () => {
    expect(await look({})).toContain("there is nothing to look through");
  });
});
