import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Surroundings } from "../../commands/program/surroundings";
import { type LockOptions, lockProviders } from "../../commands/providers/lock-providers";
import { copyProviderLock, lockFile, lockFileIn, missingLocks } from "../../commands/synth/provider-lock-files";
import type { SynthesizeOptions } from "../../commands/synth/synthesize";
import { stackNames, synthText } from "../support/environments";
import { minimal } from "../support/minimal";
import { startsPrograms } from "../support/programs";
import { TestProject } from "./test-project";

const plain = minimal("dev");
const texts = {
  dev: synthText(plain),
  // Asks its cluster stack for a newer AWS provider than the other does.
  prod: synthText({ ...minimal("prod"), cluster: { ...plain.cluster, deletionProtection: true } }),
};

/** Writes the stacks as synth does. */
async function synthesizer({ outdir = "", environments = [] }: SynthesizeOptions): Promise<number> {
  for (const [environment, stacks] of Object.entries(texts).filter(([name]) => environments.includes(name))) {
    for (const name of stackNames) {
      const folder = join(outdir, "stacks", `${environment}-${name}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), stacks[name]);
    }
  }
  return 0;
}

const lockText = (version: string) =>
  [
    "# This file is maintained automatically.",
    "",
    'provider "registry.terraform.io/hashicorp/aws" {',
    `  version     = "${version}"`,
    '  constraints = ">= 5.100.0, < 7.0.0"',
    "  hashes = [",
    '    "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",',
    "  ]",
    "}",
    "",
  ].join("\n");

let project: TestProject;

async function run(options: Partial<LockOptions> = {}, variables: NodeJS.ProcessEnv = {}) {
  const printed: string[] = [];
  const output = { write: (text: string) => printed.push(text), columns: undefined, colour: false };
  const surroundings: Surroundings = { ...project.surroundings({ variables }), output, errors: output };
  const all = { upgrade: false, platforms: ["linux_amd64", "darwin_arm64"], ...options };
  const failure = await lockProviders(surroundings, all, synthesizer).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { failure, printed: printed.join("") };
}

const kept = (kind: (typeof stackNames)[number]) => readFileSync(lockFile(project.root, kind), "utf8");

function keep(text: string, kinds: readonly (typeof stackNames)[number][] = stackNames): void {
  for (const kind of kinds) {
    mkdirSync(join(project.root, "providers", kind), { recursive: true });
    writeFileSync(lockFile(project.root, kind), text);
  }
}

beforeEach(() => {
  project = new TestProject([minimal("dev"), minimal("prod")]);
});

describe("foundry providers", startsPrograms, () => {
  const writes = (text: string) => `cat > .terraform.lock.hcl <<'END'\n${text}END\n`;
  const modules = () => join(project.root, "modules");
  const keepModule = () => `mkdir -p '${modules()}' && cp main.tf.json "${modules()}/$(basename "$PWD").json"\n`;

  it("lock asks Terraform for every platform, a kind of stack at a time, and keeps what it writes", async () => {
    project.standIn("terraform", writes(lockText("6.25.0")));
    const { failure, printed } = await run();
    expect(failure).toBeUndefined();
    expect(project.calls).toEqual(
      stackNames.map(() => "terraform providers lock -platform=linux_amd64 -platform=darwin_arm64 -no-color"),
    );
    for (const kind of stackNames) expect(kept(kind)).toBe(lockText("6.25.0"));
    expect(printed).toContain("== providers/apps/.terraform.lock.hcl\nregistry.terraform.io/hashicorp/aws 6.25.0\n");
  });

  it("lock takes one version that every environment admits, of the providers that the kind needs", async () => {
    project.standIn("terraform", keepModule() + writes(lockText("6.25.0")));
    await run();
    const required = (kind: string) =>
      JSON.parse(readFileSync(join(modules(), `${kind}.json`), "utf8")).terraform.required_providers;
    expect(required("cluster")).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0, >= 6.9.0" },
    });
    expect(Object.keys(required("apps")).sort()).toEqual(["aws", "helm", "kubernetes"]);
  });

  it("lock begins with what is locked, upgrade without, and says which version was another", async () => {
    keep(lockText("6.1.0"));
    const seen = `if [ -f .terraform.lock.hcl ]; then echo had it >> '${project.root}/seen'; fi\n`;
    project.standIn("terraform", seen + writes(lockText("6.25.0")));
    await run();
    expect(readFileSync(join(project.root, "seen"), "utf8")).toBe("had it\n".repeat(4));
    keep(lockText("6.1.0"));
    const { printed } = await run({ upgrade: true });
    expect(readFileSync(join(project.root, "seen"), "utf8")).toBe("had it\n".repeat(4));
    expect(printed).toContain("registry.terraform.io/hashicorp/aws 6.25.0, was 6.1.0\n");
  });

  it("lock writes one for the workspaces of Terraform Cloud too, where there are any", async () => {
    project.standIn("terraform", keepModule() + writes(lockText("6.25.0")));
    const workspaces = {
      terraform: { required_providers: { tfe: { source: "hashicorp/tfe", version: ">= 0.71.0" } } },
    };
    const surroundings = project.surroundings();
    await lockProviders(surroundings, { upgrade: false, platforms: ["linux_amd64"] }, async (options) => {
      const folder = join(options.outdir ?? "", "stacks", "example-workspaces");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(workspaces));
      return synthesizer(options);
    });
    expect(project.calls).toHaveLength(5);
    expect(JSON.parse(readFileSync(join(modules(), "workspaces.json"), "utf8"))).toEqual(workspaces);
    expect(readFileSync(lockFile(project.root, "workspaces"), "utf8")).toBe(lockText("6.25.0"));
  });

  it.each([
    [{ fsMirror: "/mirror" }, "-fs-mirror=/mirror"],
    [{ netMirror: "https://mirror.example.com/" }, "-net-mirror=https://mirror.example.com/"],
  ])("lock hands the mirror on to Terraform: %s", async (options, argument) => {
    project.standIn("terraform", writes(lockText("6.25.0")));
    await run({ platforms: ["linux_amd64"], ...options });
    expect(project.calls[0]).toBe(`terraform providers lock -platform=linux_amd64 ${argument} -no-color`);
  });

  it("lock names the kinds that Terraform refused, keeps their files and goes on with the others", async () => {
    keep(lockText("6.1.0"));
    const refuse = 'case "$PWD" in */identity) exit 1 ;; esac\n';
    project.standIn("terraform", refuse + writes(lockText("6.25.0")));
    expect((await run()).failure).toBe(
      "not locked: identity; Terraform says why above; where a locked version is out of range, " +
        "foundry providers upgrade takes another",
    );
    expect(kept("identity")).toBe(lockText("6.1.0"));
    expect(kept("apps")).toBe(lockText("6.25.0"));
  });

  it("lock starts OpenTofu where it is named", async () => {
    project.standIn("tofu", writes(lockText("6.25.0")));
    await run({}, { TERRAFORM_BINARY_NAME: "tofu" });
    expect(project.calls.every((call) => call.startsWith("tofu providers lock "))).toBe(true);
  });

  it.each([
    [["providers"], /^Usage: foundry providers /],
    [["providers", "lock", "--platform", "linux"], /^foundry: no platform: linux; write one such as linux_amd64\.\n$/],
    [["providers", "lock", "--fs-mirror", "a", "--net-mirror", "b"], /'--fs-mirror <folder>' cannot be used with/],
    [["providers", "lok"], /unknown command 'lok'; did you mean lock\?/],
  ])("answers a wrong call with what is right: %s", async (args, message) => {
    const { code, stderr } = await project.run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("the lock files of providers", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
  });

  it("lie beside the stacks of their kind once these are copied", () => {
    keep(lockText("6.25.0"), ["apps"]);
    copyProviderLock("apps", folder, project.root);
    expect(readFileSync(lockFileIn(folder), "utf8")).toBe(lockText("6.25.0"));
  });

  it("take the place of another one there", () => {
    keep(lockText("6.25.0"), ["apps"]);
    writeFileSync(lockFileIn(folder), lockText("6.1.0"));
    copyProviderLock("apps", folder, project.root);
    expect(readFileSync(lockFileIn(folder), "utf8")).toBe(lockText("6.25.0"));
  });

  it("leave alone what terraform init wrote where none is kept", () => {
    copyProviderLock("apps", folder, project.root);
    expect(existsSync(lockFileIn(folder))).toBe(false);
    writeFileSync(lockFileIn(folder), lockText("6.1.0"));
    copyProviderLock("apps", folder, project.root);
    expect(readFileSync(lockFileIn(folder), "utf8")).toBe(lockText("6.1.0"));
  });

  it("are missed in one sentence, which names the kinds unless it is all", () => {
    const rest = "each machine picks its own plugins; npx foundry providers lock writes providers/";
    expect(missingLocks(project.root)).toBe(`No provider lock file: ${rest}`);
    keep(lockText("6.25.0"), ["cluster", "identity", "controllers"]);
    expect(missingLocks(project.root)).toBe(`No provider lock file for apps: ${rest}`);
    keep(lockText("6.25.0"));
    expect(missingLocks(project.root)).toBeUndefined();
  });
});
