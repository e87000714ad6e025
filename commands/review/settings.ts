import { stackOrder } from "../../stacks/order";
import type { EnvironmentJson, StackJson } from "../terraform-json/environment-json";
import { objectOf } from "../terraform-json/json";
import { fieldChanges } from "./fields";
import type { FieldChange } from "./model";
import { meaning } from "./normalise";

/** What a stack says beside resources and outputs: versions, state, providers, local values. */
export function settingChanges(
  before: EnvironmentJson,
  after: EnvironmentJson,
): readonly (FieldChange & { readonly stack: string })[] {
  return stackOrder.flatMap((stack) => {
    const [old, now] = [before.stacks[stack], after.stacks[stack]];
    if (old === undefined || now === undefined) return [];
    return fieldChanges(settingsOf(old), settingsOf(now)).map((change) => ({ stack, ...change }));
  });
}

function settingsOf(stack: StackJson): unknown {
  const { resource: _resources, data: _data, output: _output, moved: _moved, "//": _notes, ...rest } = stack;
  return meaning("", objectOf(rest));
}
