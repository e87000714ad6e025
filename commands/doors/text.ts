import { printHeading, printLine, styled } from "../program/print";
import type { Output } from "../program/surroundings";
import { type Finding, isInternet, saysOrigin, severityOf, type Trace, type Way } from "./way";

/** Prints the ways of an environment, each hop with what lets it through. */
export function printTrace(output: Output, trace: Trace): void {
  printHeading(output, `${trace.environment}: ${trace.ways.length} ways in`);
  for (const way of trace.ways) printWay(output, way);
  if (trace.findings.length > 0) {
    printLine(output);
    printHeading(output, "Beside the ways");
    for (const finding of trace.findings) printFinding(output, finding);
  }
  if (trace.unseen.length > 0) {
    printLine(output);
    printHeading(output, "Not seen");
    for (const line of trace.unseen) printLine(output, `  ${line}`);
  }
}

const widest = Math.max(..."authentication".split("-").map(({ length }) => length));

function printWay(output: Output, way: Way): void {
  printLine(output);
  printHeading(output, `${way.id} -> ${way.workload ?? "nothing here"}`);
  const line = (what: string, says: string) => printLine(output, `  ${what.padEnd(widest)}  ${says}`);
  line("from", way.from.length === 0 ? "nobody" : way.from.map(saysOrigin).join("; "));
  if (way.principals !== undefined) line("principals", way.principals.join(", "));
  for (const { stop, says, place, passages } of way.hops) {
    line(stop, says);
    if (place !== undefined) printLine(output, styled(output, "dim", `  ${"".padEnd(widest)}  at ${place}`));
    for (const passage of passages) {
      const where = passage.place === undefined ? "" : styled(output, "dim", ` (${passage.place})`);
      printLine(output, `  ${"".padEnd(widest)}  ${passage.lets ? "through" : "SHUT"}: ${passage.says}${where}`);
    }
  }
  for (const finding of way.findings) printFinding(output, finding);
}

function printFinding(output: Output, { hole, says, place }: Finding): void {
  const where = place === undefined ? "" : ` (${place})`;
  printLine(output, `  ${severityOf(hole)} ${hole}: ${says}${where}`);
}

/** Rows of a table of ways: where it starts, what it is encrypted with, who may come, where it ends. */
export function summaryRows({ ways }: Trace): readonly (readonly string[])[] {
  return ways.map((way) => [
    way.id,
    isInternet(way.from) ? "the internet" : way.from.map(saysOrigin).join("; ") || "nobody",
    saysTls(way),
    way.authentication ?? "no authentication",
    way.waf ?? "no web ACL",
    way.workload ?? "nothing here",
  ]);
}

export function saysTls({ listening }: Way): string {
  const answering = listening.filter(({ redirectsTo }) => redirectsTo === undefined);
  if (answering.length === 0) return "no listener";
  return answering
    .map(({ port, tls, untrusted }) => `${port} ${tls && untrusted !== true ? "TLS" : "without TLS"}`)
    .join(", ");
}
