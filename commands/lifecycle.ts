import { join } from "node:path";
import { EnvironmentError } from "../modules/schema/problem";
import { readEnvironmentFiles } from "../platform/environment-files";
import { lifecycleRows, withdrawnRows } from "../platform/lifecycle-report";
import { readableEnvironments } from "../platform/load";

/** Prints how long each component of each environment is looked after. */
function main(names: readonly string[]): void {
  const root = join(__dirname, "..");
  const files = readEnvironmentFiles(
    join(root, "..", "environments"),
    join(root, "environments"),
    names.length === 0 ? undefined : names,
  );
  const { environments } = readableEnvironments(files, new Date());
  const today = new Date().toISOString().slice(0, 10);
  for (const environment of environments) {
    console.log(`\n${environment.name}`);
    console.table(lifecycleRows(environment, today));
  }
  console.log("\nwhat this project stands on, and what it replaces");
  console.table(withdrawnRows(today));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
