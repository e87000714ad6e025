import { parseAllDocuments, stringify } from "yaml";
import { z } from "zod";
import { Refusal } from "../program/errors";

const definition = z.looseObject({
  kind: z.literal("CustomResourceDefinition"),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    versions: z.array(z.looseObject({ schema: z.looseObject({ openAPIV3Schema: z.unknown() }).optional() })),
  }),
});

type Definition = z.output<typeof definition>;

/**
 * The CustomResourceDefinitions of some YAML, by name, without the descriptions in their schemas, which are most of
 * them. What else the YAML holds is left out.
 *
 * @param origin for the first line, and for errors
 * @throws Refusal where there is none
 */
export function bareDefinitions(texts: readonly string[], origin: string): string {
  const found = texts
    .flatMap((text) => parseAllDocuments(text))
    .flatMap((document) => {
      const parsed = definition.safeParse(document.toJS());
      return parsed.success ? [bare(parsed.data)] : [];
    })
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  if (found.length === 0) {
    throw new Refusal(
      `${origin}: it holds no CustomResourceDefinition; correct the address in modules/lifecycle/components.ts, or say ` +
        "in commands/inputs/definition-sources.ts where they are",
    );
  }
  return [`# From ${origin}, without descriptions.`, ...found.map((crd) => stringify(crd, { lineWidth: 0 }).trimEnd())]
    .join("\n---\n")
    .concat("\n");
}

/** A status is the API server's to write. */
function bare({ status: _, ...crd }: Definition): Definition {
  const versions = crd.spec.versions.map((version) =>
    version.schema === undefined
      ? version
      : {
          ...version,
          schema: { ...version.schema, openAPIV3Schema: withoutDescription(version.schema.openAPIV3Schema) },
        },
  );
  return { ...crd, spec: { ...crd.spec, versions } };
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema without its description and those of all schemas in it; a property may be called `description` and stays. */
function withoutDescription(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDescription);
  if (!isNode(schema)) return schema;
  const { description: _, ...kept } = schema;
  return Object.fromEntries(Object.entries(kept).map(([keyword, value]) => [keyword, inner(keyword, value)]));
}

function inner(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case "properties":
    case "patternProperties":
    case "definitions":
      return isNode(value)
        ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, withoutDescription(schema)]))
        : value;
    case "items":
    case "additionalProperties":
    case "not":
    case "allOf":
    case "anyOf":
    case "oneOf":
      return withoutDescription(value);
    default:
      return value;
  }
}
