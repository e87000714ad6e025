import { join } from "node:path";
import { environmentNames, readEnvironmentFiles } from "../../platform/environment-files";
import { type Checked, checkEnvironments, readableEnvironments } from "../../platform/load";
import type { EnvironmentFile } from "../../platform/rules/rule";
import { Refusal } from "./errors";
import type { Surroundings } from "./surroundings";

type Asking = Pick<Surroundings, "root" | "today">;

/** Environments by name, or all, with every default, and their text as it was written: for people to read. */
export function environmentsToRead({ root, today }: Asking, names: readonly string[]): Checked {
  return readableEnvironments(files(root, names), today);
}

/** Environments by name, or all, as the stacks take them. */
export function environmentsToBuild({ root, today }: Asking, names: readonly string[]): Checked {
  return checkEnvironments(files(root, names), today);
}

function files(root: string, names: readonly string[]): readonly EnvironmentFile[] {
  if (environmentNames(join(root, "environments")).length === 0) {
    throw new Refusal("there is no environment yet; write one into environments/, such as environments/dev.ts");
  }
  return readEnvironmentFiles(
    join(root, "environments"),
    join(root, "dist", "environments"),
    names.length === 0 ? undefined : names,
  );
}
