import { z } from "zod";
import { definition, fieldsOf, unwrap, within } from "./schema-keys";

type Schema = z.core.$ZodType;

/** What options are for, in prose. From it come `docs/options.md`, the JSON Schema and what an editor shows. */
export const descriptions = z.registry<{ readonly description: string }>();

/**
 * Says what an option is for, or when one chooses a branch of a union. A sentence `Default: …` words a default where the
 * schema has none or says it badly; `Source: …` at the end says where a rule comes from.
 */
export function described<Described extends z.ZodType>(description: string, schema: Described): Described {
  // A schema that several options share, such as `arn`, has a description of its own and keeps it.
  const own = descriptions.has(schema) ? schema.clone() : schema;
  descriptions.add(own, { description });
  return own;
}

/** What is said of an option, apart from its type. */
export interface Words {
  readonly description: string | undefined;
  /** What holds where it is left out; undefined where it cannot be, or where its own fields say so. */
  readonly default: string | undefined;
  readonly source: string | undefined;
}

const sentence = (label: string) => new RegExp(`(?:^| )${label}: (.+?)\\.(?= [A-Z\`]|$)`);
const defaultSentence = sentence("Default");
const sourceSentence = sentence("Source");

/** A schema and everything that it was made from, the nearest first. */
function lineage(schema: Schema): readonly Schema[] {
  const { parent } = schema._zod;
  const inner = within(schema);
  return [
    schema,
    ...(parent === undefined ? [] : lineage(parent)),
    ...(parent !== undefined || inner === undefined ? [] : lineage(inner)),
  ];
}

/** What is said of a schema: each part by the nearest of those it was made from that has it. */
export function wordsOf(schema: Schema): Words {
  const texts = lineage(schema).flatMap((one) => descriptions.get(one)?.description ?? []);
  const first = (find: (text: string) => string | undefined) =>
    texts.map(find).find((found) => found !== undefined && found !== "");
  return {
    description: first((text) => text.replace(defaultSentence, "").replace(sourceSentence, "").trim()),
    default: first((text) => defaultSentence.exec(text)?.[1]) ?? defaultText(schema),
    source: first((text) => sourceSentence.exec(text)?.[1]),
  };
}

/** The default that a schema itself has, as text. */
export function defaultText(schema: Schema): string | undefined {
  const value = defaultOf(schema);
  if (typeof value !== "object" || value === null) return value === undefined ? undefined : code(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(code).join(", ");
  const keys = Object.keys(value);
  if (keys.length === 0) return fieldsOf(unwrap(schema)) === undefined ? "none" : undefined;
  return keys.length === 1 && "kind" in value ? code(value.kind) : code(value);
}

function defaultOf(schema: Schema): unknown {
  const def = definition(schema);
  if (def.type === "default" || def.type === "prefault") return def.defaultValue;
  const inner = within(schema);
  return inner === undefined ? undefined : defaultOf(inner);
}

function code(value: unknown): string {
  return `\`${typeof value === "string" && value !== "" ? value : JSON.stringify(value)}\``;
}
