import { comesWithin, isPast } from "../../modules/schema/iso-date";
import { discontinuedRows, type LifecycleRow, lifecycleRows } from "../../platform/lifecycle-report";
import { environmentsToRead } from "../program/environments";
import { Refusal } from "../program/errors";
import { printHeading, printJson, printLine } from "../program/print";
import type { Output, Surroundings } from "../program/surroundings";
import { printTable } from "../program/table";

export interface LifecycleOptions {
  readonly json: boolean;
  /** Refuse when support of something ends within so many days; undefined never refuses. */
  readonly failWithinDays: number | undefined;
}

/** Prints until when each component of each environment is supported, and what the project itself stands on. */
export function printLifecycle(
  surroundings: Surroundings,
  names: readonly string[],
  { json, failWithinDays }: LifecycleOptions,
): void {
  const { today, output } = surroundings;
  const rows = environmentsToRead(surroundings, names).environments.map(
    (environment) => [environment.name, lifecycleRows(environment, today)] as const,
  );
  const foundation = discontinuedRows(today);
  if (json) printJson(output, { today, environments: Object.fromEntries(rows), foundation });
  else {
    for (const [name, components] of rows) {
      print(output, name, components);
      printLine(output);
    }
    print(output, "what this project is built on, and what it replaces", foundation);
  }
  if (failWithinDays === undefined) return;
  const ending = rows.flatMap(([name, components]) =>
    components
      .filter(
        ({ end, acknowledged }) =>
          end !== "" && !acknowledged && (isPast(end, today) || comesWithin(end, today, failWithinDays)),
      )
      .map(({ component, version, end }) => `${component} ${version} of ${name} on ${end}`),
  );
  if (ending.length > 0) {
    throw new Refusal(
      `support ends within ${failWithinDays} days: ${ending.join("; ")}. Plan the change to what follows`,
    );
  }
}

function print(output: Output, title: string, rows: readonly LifecycleRow[]): void {
  printHeading(output, title);
  printTable(
    output,
    ["component", "version", "state", "supported until", "instead"],
    rows.map(({ component, version, state, end, instead }) => [component, version, state, end, instead]),
  );
}
