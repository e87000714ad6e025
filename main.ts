// First: it has to be there before cdktf is.
import "./modules/terraform/lean-cdktf";
import { join } from "node:path";
import { App } from "cdktf";
import { copyProviderLock, missingLocks } from "./commands/providers/lock-files";
import { discontinued } from "./modules/lifecycle/discontinued";
import { EnvironmentError } from "./modules/schema/problem";
import { readEnvironmentFiles } from "./platform/environment-files";
import { checkEnvironments } from "./platform/load";
import { environmentStacks } from "./stacks/environment";
import { stackSummary } from "./stacks/summary";

function synthesize(): void {
  const only = process.env["ENVIRONMENTS"]
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const files = readEnvironmentFiles(join(__dirname, "..", "environments"), join(__dirname, "environments"), only);
  const { environments, warnings } = checkEnvironments(files, new Date().toISOString().slice(0, 10));
  const app = new App({ stackTraces: false });
  const stacks = environments.flatMap((environment) =>
    environmentStacks(app, environment).map((stack) => ({ stack, summary: stackSummary(stack, environment) })),
  );
  app.synth();
  for (const { stack, summary } of stacks) {
    copyProviderLock(stack.stackName, join(app.outdir, "stacks", stack.node.id), join(__dirname, ".."));
    console.log(summary);
  }
  for (const { file, message } of warnings) console.warn(`${file}: ${message}`);
  const missing = missingLocks(join(__dirname, ".."));
  if (missing !== undefined) console.warn(missing);
  const { title, version, since, successor } = discontinued.cdktf;
  console.warn(`${title} ${version} is archived since ${since}; ${successor}`);
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
