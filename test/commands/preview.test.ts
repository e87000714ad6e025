import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { preview } from "../../commands/preview/preview";
import type { Surroundings } from "../../commands/program/surroundings";
import type { SynthesizeOptions } from "../../commands/synth/synthesize";
import { stackNames, synthText } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const environment = {
  ...minimal("dev"),
  registry: { repositories: { shop: {} } },
  workloads: { shop: { image: { repository: "shop", tag: "1.0.0" }, port: 8080 } },
};
const text = synthText(environment);
const version = `echo '{"terraform_version":"1.11.4"}'`;

describe("foundry preview", () => {
  let project: TestProject;
  let folder: string | undefined;

  /** Writes the stacks as synth does; the test looks at what Terraform then finds. */
  async function synthesizer({ outdir = "" }: SynthesizeOptions): Promise<number> {
    folder = outdir;
    for (const name of stackNames) {
      mkdirSync(join(outdir, "stacks", `dev-${name}`), { recursive: true });
      writeFileSync(join(outdir, "stacks", `dev-${name}`, "cdk.tf.json"), text[name]);
    }
    return 0;
  }

  async function run(variables: NodeJS.ProcessEnv = {}) {
    const printed: string[] = [];
    const output = { write: (line: string) => printed.push(line), columns: undefined, colour: false };
    const surroundings: Surroundings = { ...project.surroundings({ variables }), output, errors: output };
    const failure = await preview(surroundings, ["dev"], synthesizer).then(
      () => undefined,
      (error: Error) => error.message,
    );
    return { failure, printed: printed.join("") };
  }

  const seen = (name: string) => JSON.parse(readFileSync(join(project.root, `${name}.json`), "utf8"));

  beforeEach(() => {
    folder = undefined;
    project = new TestProject([minimal("dev")]);
    const keep = `cp cdk.tf.json "${project.root}/$(basename "$PWD").json"`;
    project.standIn("terraform", `case "$1" in version) ${version} ;; plan) ${keep} ;; esac`);
  });

  it("says first which Terraform and which AWS credentials it found", async () => {
    const { printed } = await run({ AWS_PROFILE: "ops" });
    expect(printed).toMatch(/^Terraform: terraform 1\.11\.4\nAWS credentials: from AWS_PROFILE\n\n== dev-cluster\n/);
    expect((await run()).printed).toContain("AWS credentials: none in the environment or in ~/.aws;");
  });

  it("initializes and plans the four stacks in their order, asks nothing and takes no lock", async () => {
    expect((await run()).failure).toBeUndefined();
    const [first, ...calls] = project.calls;
    expect(first).toBe("terraform version -json");
    expect(calls).toEqual(
      stackNames.flatMap(() => [
        "terraform init -input=false -no-color",
        "terraform plan -input=false -lock=false -no-color",
      ]),
    );
  });

  it("keeps every stack's state in the temporary folder and reads those before it from examples there", async () => {
    await run();
    for (const name of stackNames) {
      const { terraform, data } = seen(`dev-${name}`);
      expect(terraform.backend).toEqual({ local: { path: "preview.tfstate" } });
      for (const producer of Object.keys(data?.terraform_remote_state ?? {})) {
        expect(data.terraform_remote_state[producer]).toEqual({
          backend: "local",
          config: { path: join(folder ?? "", `dev-${producer}.tfstate`) },
        });
      }
    }
    expect(Object.keys(seen("dev-apps").data.terraform_remote_state)).toContain("cluster");
  });

  it("judges neither who plans nor what was pushed: it comes before both", async () => {
    await run();
    for (const name of stackNames)
      expect(Object.keys(seen(`dev-${name}`).data ?? {})).not.toContain("aws_caller_identity");
    expect(Object.keys(seen("dev-apps").data)).toEqual(["terraform_remote_state"]);
  });

  it("names the stacks that could not be planned, goes on with the others and leaves nothing behind", async () => {
    const refuse = 'case "$PWD" in *dev-identity) exit 1 ;; esac';
    project.standIn("terraform", `case "$1" in version) ${version} ;; plan) ${refuse} ;; esac`);
    const { failure, printed } = await run();
    expect(failure).toBe("not planned: dev-identity; Terraform says why above");
    expect(printed).toContain("== dev-apps");
    expect(existsSync(folder ?? "")).toBe(false);
  });

  it("answers before it synthesizes anything where Terraform is missing", async () => {
    const { failure } = await run({ PATH: "/nowhere" });
    expect(failure).toBe(
      "terraform could not be started (spawnSync terraform ENOENT); install it, or put it on the PATH",
    );
    expect(folder).toBeUndefined();
  });

  it("starts OpenTofu where it is named", async () => {
    project.standIn("tofu", `case "$1" in version) ${version} ;; esac`);
    const { printed } = await run({ TERRAFORM_BINARY_NAME: "tofu" });
    expect(printed).toContain("Terraform: tofu 1.11.4\n");
    expect(project.calls.every((call) => call.startsWith("tofu "))).toBe(true);
  });
});
