import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { SandboxFolder } from "@ingress-foundry/sandbox/folder";
import { secretsIn } from "../../../test/support/secrets";
import type { Lane } from "../lane";

/** What Terraform and `foundry` write: states with their backups, stacks, and logs, in which each shown plan is too. */
const written = /(\.tfstate|\.tfstate\..*|\.tf\.json|\.log)$/;

/** Files of plugins, and of whatever was installed. */
const others = new Set([".terraform", "node_modules"]);

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .filter((name) => !others.has(name))
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : written.test(name) ? [path] : [];
    });
}

/** Nothing that was written on the way holds a secret: whoever may read states, plans or logs gains no credentials. */
export async function noSecretIsWritten(
  lane: Lane,
  { folder, plan }: { readonly folder: SandboxFolder; readonly plan: { readonly environment: string } },
): Promise<void> {
  await lane.check("no secret is in stacks, states, plans and logs", plan.environment, async () => {
    const files = [folder.synthesized, folder.state, folder.logs, join(folder.root, "project")].flatMap(filesIn);
    const kinds = new Set(files.map((file) => written.exec(basename(file))?.[1]?.split(".")[1]));
    if (!kinds.has("tf") || !kinds.has("log")) {
      throw new Error(`there is nothing to look through in ${folder.root}`);
    }
    const found: string[] = [];
    for (const file of files) {
      const secrets = await secretsIn(readFileSync(file, "utf8"), file);
      found.push(...secrets.map((secret) => `${relative(folder.root, file)}: ${secret}`));
    }
    if (found.length > 0) {
      throw new Error(found.join("\n"));
    }
    return `${files.length} files`;
  });
}
