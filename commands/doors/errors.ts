import { findingsOf, severityOf, type Trace } from "./way";

/** Errors of a trace, a line each. */
export function errorLines(trace: Trace): readonly string[] {
  return findingsOf(trace)
    .filter(({ hole }) => severityOf(hole) === "error")
    .map(
      ({ hole, says, place }) => `${trace.environment}: ${hole}: ${says}${place === undefined ? "" : ` (${place})`}`,
    );
}
