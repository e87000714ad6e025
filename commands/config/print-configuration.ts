import { inspect } from "node:util";
import { effectiveConfiguration } from "../../platform/effective";
import { environmentsToRead } from "../program/environments";
import { printJson, printLine, printWarnings } from "../program/print";
import type { Surroundings } from "../program/surroundings";

/** Prints environments by name with every default filled in: as their files are written, or as JSON. */
export function printConfiguration(surroundings: Surroundings, names: readonly string[], json: boolean): void {
  const { output, errors } = surroundings;
  const { environments, warnings } = environmentsToRead(surroundings, names);
  const byName = Object.fromEntries(
    environments.map((environment) => [environment.name, effectiveConfiguration(environment)]),
  );
  if (json) printJson(output, byName);
  else {
    const whole = { depth: null, maxArrayLength: null, maxStringLength: null };
    printLine(output, inspect(byName, { ...whole, colors: output.colour, breakLength: output.columns ?? 120 }));
  }
  printWarnings(errors, warnings);
}
