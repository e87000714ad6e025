import { join } from "node:path";
import { EnvironmentError } from "../modules/schema/problem";
import { effectiveConfiguration } from "../platform/effective";
import { readEnvironmentFiles } from "../platform/environment-files";
import { readableEnvironments } from "../platform/load";

/** Prints environments by name with every default filled in: those named on the command line, or all. */
function printConfig(names: readonly string[]): void {
  const root = join(__dirname, "..", "..");
  const files = readEnvironmentFiles(
    join(root, "environments"),
    join(root, "dist", "environments"),
    names.length === 0 ? undefined : names,
  );
  const { environments, warnings } = readableEnvironments(files, new Date());
  const byName = environments.map((environment) => [environment.name, effectiveConfiguration(environment)]);
  console.log(JSON.stringify(Object.fromEntries(byName), null, 2));
  for (const { file, message } of warnings) console.warn(`${file}: ${message}`);
}

try {
  printConfig(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
