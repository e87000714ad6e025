import { stackOrder } from "../../stacks/order";
import type { EnvironmentJson, StackJson } from "../terraform-json/environment-json";
import { objectOf } from "../terraform-json/json";
import { fieldChanges } from "./fields";
import type { ContractChange } from "./model";
import { canonical, meaning } from "./normalise";

/** What stacks publish, as it differs, and who reads it. */
export function contractChanges(before: EnvironmentJson, after: EnvironmentJson): readonly ContractChange[] {
  const texts = new Map(stackOrder.map((stack) => [stack, JSON.stringify(after.stacks[stack] ?? {})]));
  return stackOrder.flatMap((stack) => {
    const [old, now] = [outputs(before.stacks[stack]), outputs(after.stacks[stack])];
    // Of a stack that comes or goes whole, its resources say enough.
    if (before.stacks[stack] === undefined || after.stacks[stack] === undefined) return [];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((output): readonly ContractChange[] => {
      const readers = readersOf(texts, stack, output);
      const common = { stack, output, readers };
      if (!(output in now)) return [{ ...common, action: "remove", before: old[output] }];
      if (!(output in old)) return [{ ...common, action: "add", after: now[output] }];
      const [was, is] = [meaning(output, old[output]), meaning(output, now[output])];
      if (canonical(was) === canonical(is) || fieldChanges({ was }, { was: is }).length === 0) return [];
      const action = shapeOf(was) === shapeOf(is) ? "change" : "retype";
      return [{ ...common, action, before: was, after: is }];
    });
  });
}

function outputs(stack: StackJson | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(objectOf(stack?.["output"])).map(([name, output]) => [name, objectOf(output)["value"]]),
  );
}

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

/** Stacks whose JSON reads an output of another. */
function readersOf(texts: ReadonlyMap<string, string>, producer: string, output: string): readonly string[] {
  const reads = new RegExp(`terraform_remote_state\\.${producer}\\.outputs\\.${output}(?![\\w-])`);
  return [...texts].filter(([, text]) => reads.test(text)).map(([stack]) => stack);
}
