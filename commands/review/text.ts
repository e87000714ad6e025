import { printHeading, printLine } from "../program/print";
import type { Output } from "../program/surroundings";
import type { EnvironmentReview, Review } from "./model";
import { isEmpty } from "./model";
import {
  saysAction,
  saysBillChange,
  saysChart,
  saysContract,
  saysField,
  saysGrant,
  saysPolicies,
  saysWaiver,
  summaryOf,
} from "./says";

/** Prints a review for a terminal: what to look at first, then all of it. */
export function printReview(output: Output, review: Review): void {
  printHeading(output, `${review.before} -> ${review.after}`);
  for (const environment of review.environments) printEnvironment(output, environment);
}

function printEnvironment(output: Output, review: EnvironmentReview): void {
  printLine(output);
  printHeading(output, `${review.environment}: ${summaryOf(review)}`);
  if (isEmpty(review) && review.attention.length === 0) return;
  section(
    output,
    "To look at",
    review.attention.map(({ concern, says }) => `${concern}: ${says}`),
  );
  section(
    output,
    "Ways in",
    review.ways.flatMap(({ id, action, before = [], after = [] }) => [
      `${id} ${action === "add" ? "is new" : action === "remove" ? "is gone" : "changes"}`,
      ...before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`),
    ]),
  );
  section(output, "Permissions", [
    ...review.gained.map((grant) => `+ ${saysGrant(grant)}`),
    ...review.lost.map((grant) => `- ${saysGrant(grant)}`),
  ]);
  section(
    output,
    "Resources",
    review.changes.flatMap((change) => [
      `${change.stack}: ${change.address} ${saysAction(change)}`,
      ...change.fields.map((field) => `  ${saysField(field)}`),
    ]),
  );
  section(output, "Charts", review.charts.flatMap(saysChart));
  section(output, "Policies", saysPolicies(review.policies));
  section(output, "Waivers", review.waivers.map(saysWaiver));
  section(output, "Contracts", review.contract.map(saysContract));
  section(
    output,
    "Settings",
    review.settings.map((change) => `${change.stack}: ${saysField(change)}`),
  );
  section(output, "What is billed", saysBillChange(review.bill));
}

function section(output: Output, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  printLine(output, `  ${title}`);
  for (const line of lines) printLine(output, `    ${line}`);
}
