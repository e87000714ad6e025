import { randomUUID } from "node:crypto";
import type { Contract, Outputs } from "./contract";

/** Outputs of a producer as synthesized: enough to know the keys and lengths of its maps and lists. */
export type SynthesizedOutputs = Readonly<Record<string, { readonly value: unknown }>>;

function exampleOf(example: string, value: unknown): { readonly value: unknown; readonly type: unknown } {
  if (Array.isArray(value)) return { value: value.map(() => example), type: ["list", "string"] };
  if (typeof value === "object" && value !== null) {
    return { value: Object.fromEntries(Object.keys(value).map((key) => [key, example])), type: ["map", "string"] };
  }
  return { value: example, type: "string" };
}

/**
 * A Terraform state, version 4, that holds a contract's outputs and nothing else: each value is the contract's example,
 * under the keys and in the number that the producer will publish.
 */
export function exampleState<O extends Outputs>(contract: Contract<O>, synthesized: SynthesizedOutputs): string {
  const outputs = Object.entries(contract.outputs).map(([name, output]) => [
    name,
    exampleOf(output.example, synthesized[name]?.value),
  ]);
  const state = {
    version: 4,
    terraform_version: "1.10.0",
    serial: 1,
    lineage: randomUUID(),
    outputs: Object.fromEntries(outputs),
    resources: [],
  };
  return JSON.stringify(state, null, 2);
}
