import { InvalidArgumentError } from "commander";
import { type Define, examples } from "./program/command";
import { chosenEnvironments } from "./program/environment-names";

interface Options {
  readonly json?: boolean;
  readonly failWithin?: number;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments; default: all")
    .option("--json", "print JSON")
    .option("--fail-within <time>", "exit with 1 when support of something ends within it: 90d, 12w", days)
    .addHelpText("after", examples("foundry lifecycle dev", "foundry lifecycle prod --fail-within 90d"))
    .action(async (asked: readonly string[], { json, failWithin }: Options) => {
      const names = chosenEnvironments(surroundings.root, asked);
      const { printLifecycle } = await import("./lifecycle/print-lifecycle.js");
      printLifecycle(surroundings, names, { json: json === true, failWithinDays: failWithin });
    });
};

const daysOf = { d: 1, w: 7 } as const;

function days(text: string): number {
  const [, count, unit] = /^(\d{1,4})(d|w)$/.exec(text) ?? [];
  if (count === undefined || (unit !== "d" && unit !== "w")) {
    throw new InvalidArgumentError("It is a number of days or weeks, such as 90d or 12w.");
  }
  return Number(count) * daysOf[unit];
}
