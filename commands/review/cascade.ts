import { addressOf, type Block } from "../terraform-json/environment-json";
import { isObject } from "../terraform-json/json";
import type { BlockChange } from "./model";
import { forcingFields, replacementOf } from "./replacements";

const reference = /\$\{([a-z]\w*\.[\w-]+)\.(\w+)/g;

/**
 * Resources that are replaced because another is: an argument that cannot change names something of it that only AWS
 * knows, such as its id.
 */
export function withCascades(changes: readonly BlockChange[], now: readonly Block[]): readonly BlockChange[] {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const blocks = new Map(now.map((block) => [addressOf(block), block]));
  const renewed = changes.filter(({ action }) => action === "replace").map(({ address }) => address);
  const replaced = new Set(renewed);
  for (let address = renewed.pop(); address !== undefined; address = renewed.pop()) {
    for (const block of now) {
      const own = addressOf(block);
      const known = byAddress.get(own);
      if (block.mode === "data" || replaced.has(own) || known?.action === "add") continue;
      const cause = blocks.get(address);
      const fields = forcingFields(block.type).filter((field) => namesOf(block, field, address ?? "", cause));
      const replacement =
        fields.length === 0
          ? undefined
          : replacementOf(
              block.type,
              fields.map((path) => ({ path })),
            );
      if (replacement === undefined) continue;
      replaced.add(own);
      renewed.push(own);
      byAddress.set(own, {
        stack: block.stack,
        address: own,
        type: block.type,
        fields: fields.map((path) => ({ path, before: `of the old ${address}`, after: `of the new ${address}` })),
        ...known,
        action: "replace",
        replacement,
      });
    }
  }
  return [...byAddress.values()];
}

/** Whether a field names something of a block that is not written in it. */
function namesOf(block: Block, field: string, address: string, cause: Block | undefined): boolean {
  const text = JSON.stringify(valueAt(block, field) ?? "");
  return [...text.matchAll(reference)].some(
    ([, named, attribute = ""]) => named === address && cause?.arguments[attribute] === undefined,
  );
}

function valueAt(block: Block, field: string): unknown {
  if (field === "*") {
    const { depends_on: _after, lifecycle: _cycle, "//": _notes, ...rest } = block.arguments;
    return rest;
  }
  return field.split(".").reduce<unknown>((value, key) => {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(one) ? one[key] : undefined;
  }, block.arguments);
}
