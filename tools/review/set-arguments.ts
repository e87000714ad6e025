import { z } from "zod";

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown }>> | undefined;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly block: Block }>> | undefined;
}

const block: z.ZodType<Block> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), z.object({ type: z.unknown().optional() })).optional(),
    block_types: z.record(z.string(), z.object({ nesting_mode: z.string(), block })).optional(),
  }),
);

const schema = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), z.object({ block })).default({}) }),
  ),
});

/** Source text of a table: the arguments that are sets, whose order means nothing, by type of resource. */
export function setsOf(json: unknown, types: ReadonlySet<string>): string {
  const all = Object.values(schema.parse(json).provider_schemas).flatMap(({ resource_schemas }) =>
    Object.entries(resource_schemas),
  );
  const rows = all
    .filter(([type]) => types.has(type) || types.has(type.replace(/_v[12]$/, "")))
    .map(([type, { block: root }]) => [type, setPaths(root, "")] as const)
    .filter(([, paths]) => paths.length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    "/**",
    " * Arguments that are sets, whose order means nothing, by type of resource; steps of a path are joined with dots.",
    " * Written by tools/review from the providers' own schemas.",
    " */",
    `export const setArguments: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(rows))};`,
    "",
  ].join("\n");
}

function setPaths({ attributes = {}, block_types = {} }: Block, path: string): readonly string[] {
  const own = Object.entries(attributes)
    .filter(([, { type }]) => Array.isArray(type) && type[0] === "set")
    .map(([name]) => `${path}${name}`);
  const below = Object.entries(block_types).flatMap(([name, { nesting_mode, block: inner }]) => [
    ...(nesting_mode === "set" ? [`${path}${name}`] : []),
    ...setPaths(inner, `${path}${name}.`),
  ]);
  return [...own, ...below].sort();
}
