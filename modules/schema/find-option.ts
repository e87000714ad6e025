import type { z } from "zod";
import { allowedValues, branchesOf, definition, discriminatorOf, fieldsOf, unwrap } from "./schema-keys";

type Schema = z.core.$ZodType;

/** Where a path led. */
export interface FoundOption {
  /** As the reference writes it: `workloads.<name>.routes[].host`. */
  readonly path: string;
  /** Kinds of the objects on the way to it, the outermost first. */
  readonly kinds: readonly string[];
  /** Whether it is a field; otherwise an item of a list or record, or one of several kinds. */
  readonly isField: boolean;
  readonly schema: Schema;
}

const start = { path: "", kinds: [], isField: false };

/** The parts of a path as people write it: `workloads.shop.routes[0].host`, `dns.zones["example.com"]`. */
export function partsOf(path: string): readonly string[] {
  return [...path.matchAll(/\["(.*?)"\]|[^.[\]]+/g)].map(([part, quoted]) => quoted ?? part);
}

/**
 * Every option that a path may mean. Names and places may be left out, and kinds may stand in it:
 * `workloads.routes.alb.host`.
 */
export function findOptions(
  schema: Schema,
  parts: readonly string[],
  place: Omit<FoundOption, "schema"> = start,
): readonly FoundOption[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [{ ...place, schema }];
  const inner = unwrap(schema);
  const def = definition(inner);
  switch (def.type) {
    case "array": {
      const item = { ...place, path: `${place.path}[]`, isField: false };
      return findOptions(def.element, /^(\d+|\*)$/.test(part) ? rest : parts, item);
    }
    case "record": {
      const entry = { ...place, path: `${place.path}.<name>`, isField: false };
      const unnamed = findOptions(def.valueType, parts, entry);
      return unnamed.length > 0 ? unnamed : findOptions(def.valueType, rest, entry);
    }
    case "union":
      return branchesOf(inner, undefined).flatMap((branch) => {
        const kind = kindOf(branch, discriminatorOf(inner));
        const kinds = kind === undefined ? place.kinds : [...place.kinds, kind];
        return findOptions(branch, kind === part ? rest : parts, { ...place, kinds, isField: false });
      });
    case "object": {
      const field = fieldsOf(inner)?.[part];
      const path = place.path === "" ? part : `${place.path}.${part}`;
      return field === undefined ? [] : findOptions(field, rest, { ...place, path, isField: true });
    }
    default:
      return [];
  }
}

/** What can follow where a path leads: fields and kinds. */
export function partsBelow(schema: Schema): readonly string[] {
  const inner = unwrap(schema);
  const def = definition(inner);
  switch (def.type) {
    case "array":
      return partsBelow(def.element);
    case "record":
      return partsBelow(def.valueType);
    case "union":
      return branchesOf(inner, undefined).flatMap((branch) => [
        ...[kindOf(branch, discriminatorOf(inner))].filter((kind) => kind !== undefined),
        ...partsBelow(branch),
      ]);
    default:
      return Object.keys(fieldsOf(inner) ?? {});
  }
}

function kindOf(branch: Schema, discriminator: string | undefined): string | undefined {
  const field = discriminator === undefined ? undefined : fieldsOf(branch)?.[discriminator];
  return field === undefined ? undefined : allowedValues(field)?.map(String)[0];
}
