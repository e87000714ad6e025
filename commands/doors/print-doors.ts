import { d2 } from "../drawing/d2";
import { mermaid } from "../drawing/mermaid";
import { svg } from "../drawing/svg";
import { AlreadyReported, Refusal } from "../program/errors";
import { printHeading, printJson, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { printTable } from "../program/table";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { drawingOfTrace } from "./drawing-of-trace";
import { errorLines } from "./errors";
import { doorsJson } from "./json";
import { printTrace, summaryRows } from "./text";
import { traceOf } from "./trace";

export type Form = "text" | "table" | "json" | "mermaid" | "svg" | "d2";

const pictures = { mermaid, svg, d2 } as const;

/**
 * Prints the ways into environments.
 *
 * @throws AlreadyReported where one of them leads nowhere or is declared by no route
 */
export function printDoors(
  { output, errors }: Pick<Surroundings, "output" | "errors">,
  environments: readonly EnvironmentJson[],
  form: Form,
): void {
  const traces = environments.map((environment) => traceOf(environment));
  switch (form) {
    case "json":
      printJson(output, doorsJson(traces));
      break;
    case "text":
      traces.forEach((trace, index) => {
        if (index > 0) printLine(output);
        printTrace(output, trace);
      });
      break;
    case "table":
      for (const trace of traces) {
        printHeading(output, trace.environment);
        printTable(output, ["way", "from", "TLS", "authentication", "web ACL", "workload"], summaryRows(trace));
      }
      break;
    default: {
      const [trace, ...more] = traces;
      if (trace === undefined || more.length > 0)
        throw new Refusal(`a picture is of one environment, not of ${traces.length}`);
      output.write(pictures[form](drawingOfTrace(trace)));
    }
  }
  const broken = traces.flatMap(errorLines);
  if (broken.length === 0) return;
  if (form !== "text") for (const line of broken) printLine(errors, line);
  throw new AlreadyReported();
}
