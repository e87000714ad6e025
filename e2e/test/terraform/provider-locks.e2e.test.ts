import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, type TestContext } from "vitest";
import { lockProviders } from "../../../commands/providers/lock-providers";
import { copyProviderLock, lockFile } from "../../../commands/synth/provider-lock-files";
import type { SynthesizeOptions } from "../../../commands/synth/synthesize";
import { TestProject } from "../../../test/commands/test-project";
import { stackNames, synthText } from "../../../test/support/environments";
import { minimal } from "../../../test/support/minimal";

const text = synthText(minimal("dev"));
const platforms = ["linux_amd64", "darwin_arm64", "windows_amd64"];
const variables = { PATH: process.env["PATH"], CHECKPOINT_DISABLE: "1" };

let project: TestProject;
const mirrors: string[] = [];
beforeEach(() => {
  project = new TestProject([minimal("dev")]);
});
afterEach(() => {
  for (const folder of mirrors.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function needsTerraform(context: TestContext): void {
  const { error } = spawnSync("terraform", ["version"]);
  if (error !== undefined) context.skip("terraform is missing; install it, or put it on the PATH");
}

/** Writes the stacks as synth does. */
async function synthesizer({ outdir = "" }: SynthesizeOptions): Promise<number> {
  for (const name of stackNames) {
    const folder = join(outdir, "stacks", `dev-${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), text[name]);
  }
  return 0;
}

/**
 * A mirror with packages of providers, whose programs say a word or another. Terraform takes their checksums and starts
 * none of them.
 */
function mirror(awsVersions: readonly string[], word = "as published"): string {
  const root = mkdtempSync(join(tmpdir(), "mirror-"));
  mirrors.push(root);
  const providers = [...awsVersions.map((version) => ["aws", version]), ["kubernetes", "2.38.0"], ["helm", "3.1.1"]];
  for (const [name, version] of providers) {
    for (const platform of platforms) {
      const folder = join(root, "registry.terraform.io", "hashicorp", String(name), String(version), platform);
      mkdirSync(folder, { recursive: true });
      const program = join(folder, `terraform-provider-${name}_v${version}`);
      writeFileSync(program, `${name} ${version} for ${platform}, ${word}\n`);
      chmodSync(program, 0o755);
    }
  }
  return root;
}

const lock = (fsMirror: string, upgrade = false) =>
  lockProviders(project.surroundings({ variables }), { upgrade, platforms, fsMirror }, synthesizer);

const locked = () => readFileSync(lockFile(project.root, "cluster"), "utf8");

/** Initializes the cluster stack with the lock file that is kept, as a pipeline does. */
function initialized(fsMirror: string) {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  writeFileSync(join(folder, "cdk.tf.json"), text.cluster);
  copyProviderLock("cluster", folder, project.root);
  const configuration = join(project.root, "terraform.rc");
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = "${fsMirror}"\n  }\n}\n`);
  const { stdout, stderr, status } = spawnSync("terraform", ["init", "-lockfile=readonly", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...variables, TF_CLI_CONFIG_FILE: configuration },
  });
  return { status, output: stdout + stderr };
}

it("Terraform locks every platform, and keeps the version until an upgrade", async (context) => {
  needsTerraform(context);
  await lock(mirror(["6.25.0"]));
  expect(readFileSync(lockFile(project.root, "apps"), "utf8").match(/"h1:/g)).toHaveLength(9);

  const newer = mirror(["6.25.0", "6.26.0"]);
  await lock(newer);
  expect(locked()).toContain('version     = "6.25.0"');
  await lock(newer, true);
  expect(locked()).toContain('version     = "6.26.0"');
});

it("Terraform installs what the copied file has, though there is a newer one, and no other program of that name", async (context) => {
  needsTerraform(context);
  await lock(mirror(["6.25.0"]));
  const right = initialized(mirror(["6.25.0", "6.26.0"]));
  expect(right.output).toContain("Installed hashicorp/aws v6.25.0");
  expect(right.status).toBe(0);

  const wrong = initialized(mirror(["6.25.0"], "by somebody else"));
  expect(wrong.output).toMatch(/doesn't match any of the\s+checksums/);
  expect(wrong.status).toBe(1);
});
