import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTerraform, type TerraformResult, terraformProgram } from "../src/terraform";
import { countsOf, errorsOf, missingPlugin } from "../src/terraform-messages";
import { temporaryFolder } from "./fixtures";

function problem(): string | undefined {
  try {
    terraformProgram();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const missing = problem();

/** A folder with a configuration that needs no plugin but Terraform's own. */
function terraformIn(configuration: object): (...args: readonly string[]) => Promise<TerraformResult> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
  const { PATH = "" } = process.env;
  // No source for plugins: what would be asked of a registry is refused at once.
  const configFile = join(folder, "terraform.rc");
  writeFileSync(configFile, `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`);
  const context = { program: terraformProgram(), environment: { PATH, TF_CLI_CONFIG_FILE: configFile } };
  return (...args) => runTerraform(context, folder, args, { log: join(folder, "log") });
}

describe.skipIf(missing !== undefined)(
  `what Terraform really prints${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    it("tells what an apply and a destroy changed", async () => {
      const terraform = terraformIn({ resource: { terraform_data: { one: {}, two: {} } } });
      await terraform("init", "-input=false", "-json");
      expect(countsOf((await terraform("apply", "-json", "-auto-approve")).output)).toBe("2 added");
      expect(countsOf((await terraform("apply", "-json", "-auto-approve")).output)).toBe("no changes");
      expect(countsOf((await terraform("destroy", "-json", "-auto-approve")).output)).toBe("2 destroyed");
    });

    it("tells which resource failed and why", async () => {
      const provisioner = [{ "local-exec": { command: "exit 3" } }];
      const terraform = terraformIn({ resource: { terraform_data: { one: { provisioner } } } });
      await terraform("init", "-input=false", "-json");
      const { exitCode, output } = await terraform("apply", "-json", "-auto-approve");
      expect(exitCode).toBe(1);
      expect(errorsOf(output)).toMatch(
        /^Error: local-exec provisioner error\n\n {2}with terraform_data\.one\n\n.*exit 3/,
      );
      expect(countsOf(output)).toBeUndefined();
    });

    it("tells which plugin cannot be had", async () => {
      const terraform = terraformIn({ terraform: { required_providers: { x: { source: "example.com/no/such" } } } });
      const { output } = await terraform("init", "-input=false", "-json");
      expect(missingPlugin(output)).toMatch(/^plugin example\.com\/no\/such cannot be had: /);
    });
  },
);
