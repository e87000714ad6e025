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
  const named = namedBy(renewed.length === 0 ? [] : now);
  for (let address = renewed.pop(); address !== undefined; address = renewed.pop()) {
    const cause = blocks.get(address);
    for (const [block, references] of named.get(address) ?? []) {
      const own = addressOf(block);
      const known = byAddress.get(own);
      if (replaced.has(own) || known?.action === "add") continue;
      // What is written in the other block does not change with it.
      const fields = [
        ...new Set(
          references.filter(({ attribute }) => cause?.arguments[attribute] === undefined).map(({ field }) => field),
        ),
      ];
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

/** A field that cannot change names an attribute of another block. */
interface Reference {
  readonly field: string;
  readonly attribute: string;
}

/** For each address the blocks that name it in fields which cannot change; read once, for there may be thousands. */
function namedBy(now: readonly Block[]): Map<string, Map<Block, Reference[]>> {
  const named = new Map<string, Map<Block, Reference[]>>();
  for (const block of now) {
    if (block.mode === "data") continue;
    for (const field of forcingFields(block.type)) {
      const text = JSON.stringify(valueAt(block, field) ?? "");
      for (const [, address = "", attribute = ""] of text.matchAll(reference)) {
        const readers = named.get(address) ?? new Map<Block, Reference[]>();
        named.set(address, readers.set(block, [...(readers.get(block) ?? []), { field, attribute }]));
      }
    }
  }
  return named;
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
