import { consumersOf, contracts } from "../../stacks/contract-history";
import { type StackName, stackOrder } from "../../stacks/order";
import { printHeading, printJson, printLine } from "../program/print";
import type { Output } from "../program/surroundings";
import { printTable } from "../program/table";

/** What one stack publishes, and who reads it. */
function published(stack: StackName) {
  return {
    producer: stack,
    consumers: consumersOf(stack),
    outputs: Object.entries(contracts[stack].outputs).map(([name, { kind, description }]) => ({
      name,
      kind,
      description,
    })),
  };
}

/** Prints the contracts between stacks. */
export function printContract(output: Output, form: "text" | "mermaid" | "json"): void {
  const all = stackOrder.map(published);
  if (form === "json") printJson(output, all);
  else if (form === "mermaid") printLine(output, mermaid(all));
  else printTables(output, all);
}

function printTables(output: Output, all: readonly ReturnType<typeof published>[]): void {
  for (const [index, { producer, consumers, outputs }] of all.entries()) {
    const readers = consumers.length === 0 ? "read by no other stack" : `read by ${consumers.join(", ")}`;
    printHeading(output, `${index === 0 ? "" : "\n"}${producer}, ${readers}`);
    printTable(
      output,
      ["output", "kind", "what"],
      outputs.map(({ name, kind, description }) => [name, kind, description]),
    );
  }
}

/** A flow chart: an arrow from each producer to who reads it, with how many outputs there are to read. */
function mermaid(all: readonly ReturnType<typeof published>[]): string {
  return [
    "flowchart LR",
    ...all.map(({ producer, outputs }) => `  ${producer}["${producer}: ${outputs.length} outputs"]`),
    ...all.flatMap(({ producer, consumers }) => consumers.map((consumer) => `  ${producer} --> ${consumer}`)),
  ].join("\n");
}
